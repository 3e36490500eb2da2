use versify::prelude::*;

#[get("/")]
async fn index(#[query(default = 200, le = 100)] limit: u32) -> u32 {
    limit
}

fn main() {}
