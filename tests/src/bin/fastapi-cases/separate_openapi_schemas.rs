use super::Case;

pub const CASES: &[Case] = &[
    ("separate_openapi_schemas.tutorial001", tutorial001::app),
    ("separate_openapi_schemas.tutorial002", || tutorial001::app().separate_input_output_schemas(false)),
];

mod tutorial001 {
    use versify::prelude::*;

    #[model]
    pub struct Item {
        name: String,
        description: Option<String>,
    }

    #[post("/items/")]
    fn create_item(item: Item) -> Value {
        json!(item)
    }

    #[get("/items/")]
    fn read_items() -> Vec<Item> {
        vec![
            Item {
                name: "Portal Gun".to_owned(),
                description: Some("Device to travel through the multi-rick-verse".to_owned()),
            },
            Item { name: "Plumbus".to_owned(), description: None },
        ]
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_item, read_items])
    }
}
