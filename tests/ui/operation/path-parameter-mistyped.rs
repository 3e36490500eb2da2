use versify::prelude::*;

#[get("/items/{item_id}")]
async fn read(item: u32) -> u32 {
    item
}

fn main() {}
