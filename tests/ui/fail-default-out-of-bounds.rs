use versify::prelude::*;

#[get("/")]
async fn index(#[query(default = 0, ge = 1)] n: u32) -> u32 {
    n
}

fn main() {}
