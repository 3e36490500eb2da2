use versify::{poem::web::Json, prelude::*};

#[model]
struct Item {
    name: String,
}

#[get("/item")]
async fn read_item() -> Json<Item> {
    Json(Item { name: "x".to_owned() })
}

fn main() {}
