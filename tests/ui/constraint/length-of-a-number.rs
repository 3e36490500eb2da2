use versify::prelude::*;

#[get("/")]
async fn index(#[query(min_length = 3)] n: u32) -> u32 {
    n
}

fn main() {}
