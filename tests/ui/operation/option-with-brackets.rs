use versify::prelude::*;

#[get("/", tags("items"))]
async fn index() {}

fn main() {}
