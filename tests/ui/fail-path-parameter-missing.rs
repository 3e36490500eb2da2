use versify::prelude::*;

#[get("/items/{item_id}")]
async fn read_item(q: String) -> String {
    q
}

fn main() {}
