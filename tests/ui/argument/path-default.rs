use versify::prelude::*;

#[get("/items/{item_id}")]
async fn read(#[path(default = 1)] item_id: u32) -> u32 {
    item_id
}

fn main() {}
