use versify::prelude::*;

struct Item;

#[post("/")]
async fn create(#[extract] item: Item) {
    drop(item);
}

fn main() {}
