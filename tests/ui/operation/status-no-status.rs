use versify::prelude::*;

#[get("/", status = 2010)]
async fn index() {}

fn main() {}
