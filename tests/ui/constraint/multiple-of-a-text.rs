use versify::prelude::*;

#[get("/")]
async fn index(#[query(multiple_of = 3)] q: String) -> String {
    q
}

fn main() {}
