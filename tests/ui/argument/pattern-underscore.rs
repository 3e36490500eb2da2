use versify::prelude::*;

#[get("/")]
async fn index(_: u32) {}

fn main() {}
