use versify::prelude::*;

fn ten() -> u32 {
    10
}

#[get("/")]
async fn index(#[query(default = 10, default_with = ten)] limit: u32) -> u32 {
    limit
}

fn main() {}
