use versify::prelude::*;

#[get("/", status = 99)]
async fn index() {}

fn main() {}
