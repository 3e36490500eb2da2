use super::Case;

pub const CASES: &[Case] = &[
    ("body_nested_models.tutorial001", tutorial001::app),
    ("body_nested_models.tutorial002", tutorial002::app),
    ("body_nested_models.tutorial003", tutorial003::app),
    ("body_nested_models.tutorial004", tutorial004::app),
    ("body_nested_models.tutorial005", tutorial005::app),
    ("body_nested_models.tutorial008", tutorial008::app),
    ("body_nested_models.tutorial006", tutorial006::app),
    ("body_nested_models.tutorial007", tutorial007::app),
    ("body_nested_models.tutorial009", tutorial009::app),
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

mod tutorial005 {
    use std::collections::HashSet;

    use versify::{prelude::*, types::HttpUrl};

    #[model]
    pub struct Image {
        url: HttpUrl,
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

mod tutorial008 {
    use versify::{prelude::*, types::HttpUrl};

    #[model]
    pub struct Image {
        url: HttpUrl,
        name: String,
    }

    #[post("/images/multiple/")]
    async fn create_multiple_images(images: Vec<Image>) -> Value {
        json!(images)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_multiple_images])
    }
}

mod tutorial006 {
    use std::collections::HashSet;

    use versify::{prelude::*, types::HttpUrl};

    #[model]
    pub struct Image {
        url: HttpUrl,
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
        images: Option<Vec<Image>>,
    }

    #[put("/items/{item_id}")]
    async fn update_item(item_id: i64, item: Item) -> Value {
        json!({"item_id": item_id, "item": item})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![update_item])
    }
}

mod tutorial007 {
    use std::collections::HashSet;

    use versify::{prelude::*, types::HttpUrl};

    #[model]
    pub struct Image {
        url: HttpUrl,
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
        images: Option<Vec<Image>>,
    }

    #[model]
    pub struct Offer {
        name: String,
        description: Option<String>,
        price: f64,
        items: Vec<Item>,
    }

    #[post("/offers/")]
    async fn create_offer(offer: Offer) -> Value {
        json!(offer)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_offer])
    }
}

mod tutorial009 {
    use std::collections::HashMap;

    use versify::prelude::*;

    #[post("/index-weights/")]
    async fn create_index_weights(weights: HashMap<i64, f64>) -> Value {
        json!(weights)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_index_weights])
    }
}
