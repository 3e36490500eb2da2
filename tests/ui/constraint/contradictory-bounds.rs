use versify::prelude::*;

#[get("/")]
async fn index(#[query(gt = 10, lt = 5)] n: i64) -> i64 {
    n
}

fn main() {}
