use versify::prelude::*;

#[get("/")]
async fn index(#[query(pattern = abc)] q: String) -> String {
    q
}

fn main() {}
