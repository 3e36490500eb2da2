use super::Case;

pub const CASES: &[Case] = &[
    ("body_nested_models.tutorial001", tutorial001::app),
    ("body_nested_models.tutorial002", tutorial002::app),
    ("body_nested_models.tutorial003", tutorial003::app),
    ("body_nested_models.tutorial004", tutorial004::app),
];

mod tutorial001 {
    use versify::prelude::*;

    #[model]
    pub struct Item {
        name: String,
        description: Option<String>,
        price: f64,
        tax: Option<f64>,
        #[field(default)]
        tags: Vec<Value>,
    }

    #[put("/items/{item_id}")]
    async fn update_item(item_id: i64, item: Item) -> Value {
        json!({"item_id": item_id, "item": item})
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
        #[field(default)]
        tags: Vec<String>,
    }

    #[put("/items/{item_id}")]
    async fn update_item(item_id: i64, item: Item) -> Value {
        json!({"item_id": item_id, "item": item})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![update_item])
    }
}

mod tutorial003 {
    use std::collections::HashSet;

    use versify::prelude::*;

    #[model]
    pub struct Item {
        name: String,
        description: Option<String>,
        price: f64,
        tax: Option<f64>,
        #[field(default)]
        tags: HashSet<String>,
    }

    #[put("/items/{item_id}")]
    async fn update_item(item_id: i64, item: Item) -> Value {
        json!({"item_id": item_id, "item": item})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![update_item])
    }
}

mod tutorial004 {
    use std::collections::HashSet;

    use versify::prelude::*;

    #[model]
    pub struct Image {
        url: String,
        name: String,
    }

    #[model]
    pub struct Item {
        name: String,
        description: Option<String>,
        price: f64,
        tax: Option<f64>,
        #[field(default)]
        tags: HashSet<String>,
        image: Option<Image>,
    }

    #[put("/items/{item_id}")]
    async fn update_item(item_id: i64, item: Item) -> Value {
        json!({"item_id": item_id, "item": item})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![update_item])
    }
}
