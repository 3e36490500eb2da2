use versify::prelude::*;

#[get("/", status = 200, status = 201)]
async fn index() {}

fn main() {}
