use versify::prelude::*;

#[get("/", stattus = 201)]
async fn index() {}

fn main() {}
