use versify::prelude::*;

#[get("/")]
async fn index() where String: Clone {}

fn main() {}
