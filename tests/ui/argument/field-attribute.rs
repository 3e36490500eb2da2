use versify::prelude::*;

#[get("/items")]
async fn list(#[field(ge = 1)] limit: u32) -> u32 {
    limit
}

fn main() {}
