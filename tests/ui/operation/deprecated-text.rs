use versify::prelude::*;

#[get("/", deprecated = "yes")]
async fn index() {}

fn main() {}
