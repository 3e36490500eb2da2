use versify::prelude::*;

mod health {}

#[get("/health")]
async fn health() {}

fn main() {}
