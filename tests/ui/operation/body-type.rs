use versify::prelude::*;

#[get("/")]
async fn index(n: u32) -> u32 {
    let text: String = n;
    0
}

fn main() {}
