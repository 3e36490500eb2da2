use versify::prelude::*;

struct Item;

#[dependency]
async fn user(item: Item) -> u32 {
    drop(item);
    1
}

fn main() {}
