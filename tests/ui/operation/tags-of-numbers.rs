use versify::prelude::*;

#[get("/", tags = [1, 2])]
async fn index() {}

fn main() {}
