use versify::prelude::*;

#[get("/items/{}")]
async fn read() {}

fn main() {}
