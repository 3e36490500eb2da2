use versify::prelude::*;

#[get("/items")]
async fn list_items(#[query(default = "10")] limit: u32) -> u32 {
    limit
}

fn main() {}
