use super::Case;

pub const CASES: &[Case] = &[
    ("body.tutorial001", tutorial001::app),
    ("body.tutorial003", tutorial003::app),
    ("body.tutorial004", tutorial004::app),
    ("body.tutorial002", tutorial002::app),
];

mod tutorial001 {
    use versify::prelude::*;

    #[model]
    pub struct Item {
        name: String,
        description: Option<String>,
        price: f64,
        tax: Option<f64>,
    }

    #[post("/items/")]
    async fn create_item(item: Item) -> Value {
        json!(item)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_item])
    }
}

mod tutorial003 {
    use versify::prelude::*;

    #[model]
    pub struct Item {
        name: String,
        description: Option<String>,
        price: f64,
        tax: Option<f64>,
    }

    #[put("/items/{item_id}")]
    async fn update_item(item_id: i64, item: Item) -> Value {
        let mut result = json!(item);
        result["item_id"] = item_id.into();
        result
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![update_item])
    }
}

mod tutorial004 {
    use versify::prelude::*;

    #[model]
    pub struct Item {
        name: String,
        description: Option<String>,
        price: f64,
        tax: Option<f64>,
    }

    #[put("/items/{item_id}")]
    async fn update_item(item_id: i64, item: Item, q: Option<String>) -> Value {
        let mut result = json!(item);
        result["item_id"] = item_id.into();
        if let Some(q) = q {
            result["q"] = q.into();
        }
        result
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![update_item])
    }
}

mod tutorial002 {
    use versify::prelude::*;

    #[model]
    pub struct Item {
        name: String,
        description: Option<String>,
        price: f64,
        tax: Option<f64>,
    }

    #[post("/items/")]
    async fn create_item(item: Item) -> Value {
        let mut answer = json!(item);
        if let Some(tax) = item.tax {
            answer["price_with_tax"] = json!(item.price + tax);
        }
        answer
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_item])
    }
}
