use versify::prelude::*;

#[get("/", method = POST)]
async fn index() {}

fn main() {}
