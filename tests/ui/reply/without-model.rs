use versify::prelude::*;

struct Item;

#[get("/")]
async fn read() -> Item {
    Item
}

fn main() {}
