use versify::prelude::*;

#[get("/items/{item_id}")]
async fn read(#[query] item_id: u32) -> u32 {
    item_id
}

fn main() {}
