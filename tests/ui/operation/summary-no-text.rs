use versify::prelude::*;

#[get("/", summary = Index)]
async fn index() {}

fn main() {}
