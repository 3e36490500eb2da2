use versify::prelude::*;

#[get("/")]
async fn index(#[query(convert_underscores = false)] q: String) -> String {
    q
}

fn main() {}
