use versify::prelude::*;

#[get("/", operation = "IndexOp")]
async fn index() {}

fn main() {}
