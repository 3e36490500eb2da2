use versify::prelude::*;

#[get("/")]
async fn index(n: u32) -> u32 {
    n
}

async fn other() -> u32 {
    index().await
}

fn main() {}
