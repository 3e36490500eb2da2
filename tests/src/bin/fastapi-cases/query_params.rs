use super::Case;

pub const CASES: &[Case] = &[
    ("query_params.tutorial001", tutorial001::app),
    ("query_params.tutorial002", tutorial002::app),
    ("query_params.tutorial004", tutorial004::app),
    ("query_params.tutorial003", tutorial003::app),
    ("query_params.tutorial005", tutorial005::app),
    ("query_params.tutorial006", tutorial006::app),
];

mod tutorial001 {
    use versify::prelude::*;

    const FAKE_ITEMS_DB: [&str; 3] = ["Foo", "Bar", "Baz"];

    #[get("/items/")]
    async fn read_item(#[query(default = 0)] skip: i64, #[query(default = 10)] limit: i64) -> Value {
        let (skip, limit) = (usize::try_from(skip).unwrap_or(0), usize::try_from(limit).unwrap_or(0));
        FAKE_ITEMS_DB.iter().skip(skip).take(limit).map(|name| json!({"item_name": name})).collect()
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_item])
    }
}

mod tutorial002 {
    use versify::prelude::*;

    #[get("/items/{item_id}")]
    async fn read_item(item_id: String, q: Option<String>) -> Value {
        match q {
            Some(q) => json!({"item_id": item_id, "q": q}),
            None => json!({"item_id": item_id}),
        }
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_item])
    }
}

mod tutorial004 {
    use versify::prelude::*;

    #[get("/users/{user_id}/items/{item_id}")]
    async fn read_user_item(
        user_id: i64,
        item_id: String,
        q: Option<String>,
        #[query(default = false)] short: bool,
    ) -> Value {
        let mut item = json!({"item_id": item_id, "owner_id": user_id});
        if let Some(q) = q {
            item["q"] = q.into();
        }
        if !short {
            item["description"] = "This is an amazing item that has a long description".into();
        }
        item
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_user_item])
    }
}

mod tutorial003 {
    use versify::prelude::*;

    #[get("/items/{item_id}")]
    async fn read_item(item_id: String, q: Option<String>, #[query(default = false)] short: bool) -> Value {
        let mut item = json!({"item_id": item_id});
        if let Some(q) = q {
            item["q"] = json!(q);
        }
        if !short {
            item["description"] = json!("This is an amazing item that has a long description");
        }
        item
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_item])
    }
}

mod tutorial005 {
    use versify::prelude::*;

    #[get("/items/{item_id}")]
    async fn read_user_item(item_id: String, needy: String) -> Value {
        json!({"item_id": item_id, "needy": needy})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_user_item])
    }
}

mod tutorial006 {
    use versify::prelude::*;

    #[get("/items/{item_id}")]
    async fn read_user_item(
        item_id: String,
        needy: String,
        #[query(default = 0)] skip: i64,
        limit: Option<i64>,
    ) -> Value {
        json!({"item_id": item_id, "needy": needy, "skip": skip, "limit": limit})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_user_item])
    }
}
