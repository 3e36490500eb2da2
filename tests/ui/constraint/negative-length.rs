use versify::prelude::*;

#[get("/")]
async fn index(#[query(min_length = -1)] q: String) -> String {
    q
}

fn main() {}
