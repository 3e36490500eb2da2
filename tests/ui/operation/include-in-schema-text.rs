use versify::prelude::*;

#[get("/", include_in_schema = "no")]
async fn index() {}

fn main() {}
