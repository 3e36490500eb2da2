use versify::prelude::*;

#[get("/", inline)]
async fn index() {}

fn main() {}
