use versify::prelude::*;

struct Item;

#[post("/")]
async fn create(items: Vec<Item>) {
    drop(items);
}

fn main() {}
