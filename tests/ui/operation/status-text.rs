use versify::prelude::*;

#[get("/", status = "201")]
async fn index() {}

fn main() {}
