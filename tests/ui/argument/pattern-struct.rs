use versify::prelude::*;

#[model]
struct Item {
    name: String,
}

#[post("/")]
async fn create(Item { name }: Item) -> String {
    name
}

fn main() {}
