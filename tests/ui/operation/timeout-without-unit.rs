use versify::prelude::*;

#[get("/", timeout = 5)]
async fn index() {}

fn main() {}
