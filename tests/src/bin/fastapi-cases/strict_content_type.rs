use super::Case;

pub const CASES: &[Case] = &[("strict_content_type.tutorial001", tutorial001::app)];

mod tutorial001 {
    use versify::prelude::*;

    #[model]
    pub struct Item {
        name: String,
        price: f64,
    }

    #[post("/items/")]
    async fn create_item(item: Item) -> Value {
        json!(item)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_item]).strict_content_type(false)
    }
}
