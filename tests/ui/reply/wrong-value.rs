use versify::prelude::*;

#[get("/")]
async fn read() -> u32 {
    "one"
}

fn main() {}
