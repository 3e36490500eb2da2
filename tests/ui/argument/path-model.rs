use versify::prelude::*;

#[model]
struct Item {
    name: String,
}

#[get("/items/{item}")]
async fn read(item: Item) -> String {
    item.name
}

fn main() {}
