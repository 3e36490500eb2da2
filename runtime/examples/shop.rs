//! The first app of the README: `cargo run -p versify --example shop`.

use versify::prelude::*;

/// An item on sale.
#[model]
struct Item {
    #[field(min_length = 1, max_length = 50)]
    name: String,
    #[field(gt = 0, examples = [35.4])]
    price: f64,
}

/// Puts an item on sale.
#[put("/items/{item_id}", tags = ["items"])]
async fn update_item(item_id: u32, item: Item, #[query(le = 100)] count: Option<u32>) -> Item {
    println!("{count:?} of item {item_id}");
    item
}

#[tokio::main]
async fn main() -> Result<(), versify::StartError> {
    App::new("Shop", "1.0.0").routes(routes![update_item]).serve().await
}
