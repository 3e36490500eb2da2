use versify::prelude::*;

#[get("/")]
async fn index(#[query(gt = 3)] q: String) -> String {
    q
}

fn main() {}
