use versify::prelude::*;

struct Item;

#[get("/")]
async fn read() -> Vec<Item> {
    Vec::new()
}

fn main() {}
