use versify::prelude::*;

#[get("/items")]
async fn read(#[path] item_id: u32) -> u32 {
    item_id
}

fn main() {}
