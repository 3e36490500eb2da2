use versify::prelude::*;

#[get("/")]
async fn index(#[query(pattern = "^a")] n: u32) -> u32 {
    n
}

fn main() {}
