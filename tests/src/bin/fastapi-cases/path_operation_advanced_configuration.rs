use super::Case;

pub const CASES: &[Case] = &[
    ("path_operation_advanced_configuration.tutorial001", tutorial001::app),
    ("path_operation_advanced_configuration.tutorial002", tutorial002::app),
    ("path_operation_advanced_configuration.tutorial003", tutorial003::app),
    ("path_operation_advanced_configuration.tutorial004", tutorial004::app),
    ("path_operation_advanced_configuration.tutorial005", tutorial005::app),
];

mod tutorial001 {
    use versify::prelude::*;

    #[get("/items/", operation_id = "some_specific_id_you_define")]
    async fn read_items() -> Value {
        json!([{"item_id": "Foo"}])
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial002 {
    use versify::prelude::*;

    #[get("/items/")]
    async fn read_items() -> Value {
        json!([{"item_id": "Foo"}])
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0")
            .operation_ids(|operation| operation.function.to_owned())
            .routes(routes![read_items])
    }
}

mod tutorial003 {
    use versify::prelude::*;

    #[get("/items/", include_in_schema = false)]
    async fn read_items() -> Value {
        json!([{"item_id": "Foo"}])
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial004 {
    use std::collections::BTreeSet;

    use versify::prelude::*;

    #[model]
    pub struct Item {
        name: String,
        description: Option<String>,
        price: f64,
        tax: Option<f64>,
        #[field(default)]
        tags: BTreeSet<String>,
    }

    /// Create an item with all the information:
    ///
    /// - **name**: each item must have a name
    /// - **description**: a long description
    /// - **price**: required
    /// - **tax**: if the item doesn't have tax, you can omit this
    /// - **tags**: a set of unique tag strings for this item
    #[doc = "\u{c}"]
    /// :param item: User input.
    #[post("/items/", summary = "Create an item")]
    async fn create_item(item: Item) -> Item {
        item
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_item])
    }
}

mod tutorial005 {
    use versify::prelude::*;

    #[get("/items/", openapi_extra = json!({"x-aperture-labs-portal": "blue"}))]
    async fn read_items() -> Value {
        json!([{"item_id": "portal-gun"}])
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}
