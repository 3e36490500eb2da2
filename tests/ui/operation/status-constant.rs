use versify::prelude::*;

#[get("/", status = StatusCode::CREATED)]
async fn index() {}

fn main() {}
