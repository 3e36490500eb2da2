use versify::prelude::*;

#[get("/")]
async fn index(#[query(gt = "2020-01-01")] n: i64) -> i64 {
    n
}

fn main() {}
