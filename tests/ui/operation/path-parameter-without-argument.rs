use versify::prelude::*;

#[get("/items/{item_id}")]
async fn read() {}

fn main() {}
