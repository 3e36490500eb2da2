use versify::prelude::*;

#[get("/")]
async fn index(#[query(default = "ten")] limit: u32) -> u32 {
    limit
}

fn main() {}
