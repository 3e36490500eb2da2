use versify::prelude::*;

#[get("/")]
async fn index((a, b): (u32, u32)) -> u32 {
    a + b
}

fn main() {}
