use versify::prelude::*;

#[get("/")]
async fn index(#[query(items(gt = 0))] n: u32) -> u32 {
    n
}

fn main() {}
