use versify::prelude::*;

#[model]
struct Item {
    name: String,
}

#[post("/items")]
async fn create(#[form] token: String, #[body] item: Item) {
    let _ = (token, item);
}

fn main() {}
