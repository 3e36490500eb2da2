use versify::prelude::*;

#[get("/")]
async fn index<T>(q: T) {}

fn main() {}
