use versify::{
    prelude::*,
    serde::{Deserialize, Serialize},
};

#[derive(Serialize, Deserialize)]
#[serde(crate = "versify::serde")]
struct Item {
    name: String,
}

#[post("/items")]
async fn create_item(item: Item) -> u32 {
    item.name.len() as u32
}

fn main() {}
