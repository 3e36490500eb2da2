use versify::prelude::*;

#[get("/")]
async fn index(#[query(max_length = "3")] q: String) -> String {
    q
}

fn main() {}
