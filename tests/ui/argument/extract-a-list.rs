use versify::prelude::*;

#[get("/items")]
async fn list(#[extract] ids: Vec<u32>) -> usize {
    ids.len()
}

fn main() {}
