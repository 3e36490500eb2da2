use versify::{poem::web::Json, prelude::*};

#[model]
struct Item {
    name: String,
}

#[post("/items")]
async fn create_item(Json(item): Json<Item>) -> Item {
    item
}

fn main() {}
