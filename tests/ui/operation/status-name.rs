use versify::prelude::*;

#[get("/", status = Created)]
async fn index() {}

fn main() {}
