use versify::prelude::*;

struct Item;

#[post("/")]
async fn create(#[body] item: Item) {
    drop(item);
}

fn main() {}
