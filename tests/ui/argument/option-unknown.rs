use versify::prelude::*;

#[get("/")]
async fn index(#[query(max_len = 3)] q: String) -> String {
    q
}

fn main() {}
