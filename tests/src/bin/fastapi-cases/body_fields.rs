use super::Case;

pub const CASES: &[Case] = &[("body_fields.tutorial001", tutorial001::app)];

mod tutorial001 {
    use versify::prelude::*;

    #[model]
    pub struct Item {
        name: String,
        #[field(title = "The description of the item", max_length = 300)]
        description: Option<String>,
        #[field(gt = 0, description = "The price must be greater than zero")]
        price: f64,
        tax: Option<f64>,
    }

    #[put("/items/{item_id}", embed)]
    async fn update_item(item_id: i64, item: Item) -> Value {
        json!({"item_id": item_id, "item": item})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![update_item])
    }
}
