use super::Case;

pub const CASES: &[Case] = &[
    ("schema_extra_example.tutorial001", tutorial001::app),
    ("schema_extra_example.tutorial004", tutorial004::app),
    ("schema_extra_example.tutorial005", tutorial005::app),
    ("schema_extra_example.tutorial002", tutorial002::app),
    ("schema_extra_example.tutorial003", tutorial003::app),
];

mod tutorial001 {
    use versify::prelude::*;

    #[model(examples = [
        json!({"name": "Foo", "description": "A very nice Item", "price": 35.4, "tax": 3.2}),
    ])]
    pub struct Item {
        name: String,
        description: Option<String>,
        price: f64,
        tax: Option<f64>,
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
    use versify::prelude::*;

    #[model]
    pub struct Item {
        name: String,
        description: Option<String>,
        price: f64,
        tax: Option<f64>,
    }

    #[put("/items/{item_id}")]
    async fn update_item(
        item_id: i64,
        #[body(examples = [
            json!({"name": "Foo", "description": "A very nice Item", "price": 35.4, "tax": 3.2}),
            json!({"name": "Bar", "price": "35.4"}),
            json!({"name": "Baz", "price": "thirty five point four"}),
        ])]
        item: Item,
    ) -> Value {
        json!({"item_id": item_id, "item": item})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![update_item])
    }
}

mod tutorial005 {
    use versify::{openapi::Example, prelude::*};

    #[model]
    pub struct Item {
        name: String,
        description: Option<String>,
        price: f64,
        tax: Option<f64>,
    }

    fn examples() -> Vec<(&'static str, Example)> {
        let normal = json!({"name": "Foo", "description": "A very nice Item", "price": 35.4, "tax": 3.2});
        let converted = json!({"name": "Bar", "price": "35.4"});
        let invalid = json!({"name": "Baz", "price": "thirty five point four"});
        vec![
            (
                "normal",
                Example::new(normal).summary("A normal example").description("A **normal** item works correctly."),
            ),
            (
                "converted",
                Example::new(converted)
                    .summary("An example with converted data")
                    .description("FastAPI can convert price `strings` to actual `numbers` automatically"),
            ),
            ("invalid", Example::new(invalid).summary("Invalid data is rejected with an error")),
        ]
    }

    #[put("/items/{item_id}")]
    async fn update_item(item_id: i64, #[body(openapi_examples = examples)] item: Item) -> Value {
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
        #[field(examples = ["Foo"])]
        name: String,
        #[field(examples = ["A very nice Item"])]
        description: Option<String>,
        #[field(examples = [35.4])]
        price: f64,
        #[field(examples = [3.2])]
        tax: Option<f64>,
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
    use versify::prelude::*;

    #[model]
    pub struct Item {
        name: String,
        description: Option<String>,
        price: f64,
        tax: Option<f64>,
    }

    #[put("/items/{item_id}")]
    async fn update_item(
        item_id: i64,
        #[body(examples = [json!({"name": "Foo", "description": "A very nice Item", "price": 35.4, "tax": 3.2})])]
        item: Item,
    ) -> Value {
        json!({"item_id": item_id, "item": item})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![update_item])
    }
}
