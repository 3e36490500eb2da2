use versify::prelude::*;

#[get("/", status)]
async fn index() {}

fn main() {}
