use versify::prelude::*;

#[get("/")]
async fn index(#[query(max_digits = 3)] n: u32) -> u32 {
    n
}

fn main() {}
