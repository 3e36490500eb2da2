use versify::prelude::*;

struct Item;

#[post("/")]
async fn create(item: Item) {
    drop(item);
}

fn main() {}
