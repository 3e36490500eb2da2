use versify::prelude::*;

#[get("/")]
async fn index(#[query(min_length = 10, max_length = 5)] q: String) -> String {
    q
}

fn main() {}
