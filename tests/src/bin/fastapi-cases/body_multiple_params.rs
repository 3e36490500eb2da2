use super::Case;

pub const CASES: &[Case] = &[
    ("body_multiple_params.tutorial001", tutorial001::app),
    ("body_multiple_params.tutorial002", tutorial002::app),
    ("body_multiple_params.tutorial005", tutorial005::app),
    ("body_multiple_params.tutorial003", tutorial003::app),
    ("body_multiple_params.tutorial004", tutorial004::app),
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

    #[put("/items/{item_id}")]
    async fn update_item(
        #[path(title = "The ID of the item to get", ge = 0, le = 1000)] item_id: i64,
        q: Option<String>,
        item: Option<Item>,
    ) -> Value {
        let mut results = json!({"item_id": item_id});
        if let Some(q) = q {
            results["q"] = q.into();
        }
        if let Some(item) = item {
            results["item"] = json!(item);
        }
        results
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

    #[model]
    pub struct User {
        username: String,
        full_name: Option<String>,
    }

    #[put("/items/{item_id}")]
    async fn update_item(item_id: i64, item: Item, user: User) -> Value {
        json!({"item_id": item_id, "item": item, "user": user})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![update_item])
    }
}

mod tutorial005 {
    use versify::prelude::*;

    #[model]
    pub struct Item {
        name: String,
        description: Option<String>,
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

mod tutorial003 {
    use versify::prelude::*;

    #[model]
    pub struct Item {
        name: String,
        description: Option<String>,
        price: f64,
        tax: Option<f64>,
    }

    #[model]
    pub struct User {
        username: String,
        full_name: Option<String>,
    }

    #[put("/items/{item_id}")]
    async fn update_item(item_id: i64, item: Item, user: User, #[body] importance: i64) -> Value {
        json!({"item_id": item_id, "item": item, "user": user, "importance": importance})
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

    #[model]
    pub struct User {
        username: String,
        full_name: Option<String>,
    }

    #[put("/items/{item_id}")]
    async fn update_item(
        item_id: i64,
        item: Item,
        user: User,
        #[body(gt = 0)] importance: i64,
        q: Option<String>,
    ) -> Value {
        let mut results = json!({"item_id": item_id, "item": item, "user": user, "importance": importance});
        if let Some(q) = q {
            results["q"] = json!(q);
        }
        results
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![update_item])
    }
}
