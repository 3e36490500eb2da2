use super::Case;

pub const CASES: &[Case] = &[
    ("path_operation_configuration.tutorial002", tutorial002::app),
    ("path_operation_configuration.tutorial002b", tutorial002b::app),
    ("path_operation_configuration.tutorial003", tutorial003::app),
    ("path_operation_configuration.tutorial004", tutorial004::app),
    ("path_operation_configuration.tutorial005", tutorial005::app),
    ("path_operation_configuration.tutorial001", tutorial001::app),
    ("path_operation_configuration.tutorial006", tutorial006::app),
];

mod tutorial002 {
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

    #[post("/items/", tags = ["items"])]
    async fn create_item(item: Item) -> Item {
        item
    }

    #[get("/items/", tags = ["items"])]
    async fn read_items() -> Value {
        json!([{"name": "Foo", "price": 42}])
    }

    #[get("/users/", tags = ["users"])]
    async fn read_users() -> Value {
        json!([{"username": "johndoe"}])
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_item, read_items, read_users])
    }
}

mod tutorial002b {
    use versify::prelude::*;

    const ITEMS: &str = "items";
    const USERS: &str = "users";

    #[get("/items/", tags = [ITEMS])]
    async fn get_items() -> Value {
        json!(["Portal gun", "Plumbus"])
    }

    #[get("/users/", tags = [USERS])]
    async fn read_users() -> Value {
        json!(["Rick", "Morty"])
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![get_items, read_users])
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

    #[post(
        "/items/",
        summary = "Create an item",
        description = "Create an item with all the information, name, description, price, tax and a set of unique tags"
    )]
    async fn create_item(item: Item) -> Item {
        item
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_item])
    }
}

mod tutorial004 {
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

    /// Create an item with all the information:
    ///
    /// - **name**: each item must have a name
    /// - **description**: a long description
    /// - **price**: required
    /// - **tax**: if the item doesn't have tax, you can omit this
    /// - **tags**: a set of unique tag strings for this item
    #[post("/items/", summary = "Create an item")]
    async fn create_item(item: Item) -> Item {
        item
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_item])
    }
}

mod tutorial005 {
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

    /// Create an item with all the information:
    ///
    /// - **name**: each item must have a name
    /// - **description**: a long description
    /// - **price**: required
    /// - **tax**: if the item doesn't have tax, you can omit this
    /// - **tags**: a set of unique tag strings for this item
    #[post("/items/", summary = "Create an item", response_description = "The created item")]
    async fn create_item(item: Item) -> Item {
        item
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_item])
    }
}

mod tutorial001 {
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

    #[post("/items/", status = 201)]
    async fn create_item(item: Item) -> Item {
        item
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_item])
    }
}

mod tutorial006 {
    use versify::prelude::*;

    #[get("/items/", tags = ["items"])]
    async fn read_items() -> Value {
        json!([{"name": "Foo", "price": 42}])
    }

    #[get("/users/", tags = ["users"])]
    async fn read_users() -> Value {
        json!([{"username": "johndoe"}])
    }

    #[get("/elements/", tags = ["items"], deprecated)]
    async fn read_elements() -> Value {
        json!([{"item_id": "Foo"}])
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items, read_users, read_elements])
    }
}
