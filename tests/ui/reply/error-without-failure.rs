use versify::prelude::*;

struct Wrong;

#[get("/")]
async fn read() -> std::result::Result<u32, Wrong> {
    Err(Wrong)
}

fn main() {}
