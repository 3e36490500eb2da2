use versify::prelude::*;

#[get("/")]
async fn index(#[query(gt)] n: i64) -> i64 {
    n
}

fn main() {}
