use super::Case;

pub const CASES: &[Case] = &[
    ("path_params_numeric_validations.tutorial002", tutorial002::app),
    ("path_params_numeric_validations.tutorial005", tutorial005::app),
    ("path_params_numeric_validations.tutorial006", tutorial006::app),
    ("path_params_numeric_validations.tutorial001", tutorial001::app),
    ("path_params_numeric_validations.tutorial003", tutorial003::app),
    ("path_params_numeric_validations.tutorial004", tutorial004::app),
];

mod tutorial002 {
    use versify::prelude::*;

    #[get("/items/{item_id}")]
    async fn read_items(q: String, #[path(title = "The ID of the item to get")] item_id: i64) -> Value {
        let mut results = json!({"item_id": item_id});
        if !q.is_empty() {
            results["q"] = q.into();
        }
        results
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial005 {
    use versify::prelude::*;

    #[get("/items/{item_id}")]
    async fn read_items(
        #[path(title = "The ID of the item to get", gt = 0, le = 1000)] item_id: i64,
        q: String,
    ) -> Value {
        let mut results = json!({"item_id": item_id});
        if !q.is_empty() {
            results["q"] = q.into();
        }
        results
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial006 {
    use versify::prelude::*;

    #[get("/items/{item_id}")]
    async fn read_items(
        #[path(title = "The ID of the item to get", ge = 0, le = 1000)] item_id: i64,
        q: String,
        #[query(gt = 0, lt = 10.5)] size: f64,
    ) -> Value {
        let mut results = json!({"item_id": item_id});
        if !q.is_empty() {
            results["q"] = q.into();
        }
        results["size"] = size.into();
        results
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial001 {
    use versify::prelude::*;

    #[get("/items/{item_id}")]
    async fn read_items(
        #[path(title = "The ID of the item to get")] item_id: i64,
        #[query(alias = "item-query")] q: Option<String>,
    ) -> Value {
        let mut results = json!({"item_id": item_id});
        if let Some(q) = q {
            results["q"] = json!(q);
        }
        results
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial003 {
    use versify::prelude::*;

    #[get("/items/{item_id}")]
    async fn read_items(#[path(title = "The ID of the item to get")] item_id: i64, q: String) -> Value {
        let mut results = json!({"item_id": item_id});
        if !q.is_empty() {
            results["q"] = json!(q);
        }
        results
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial004 {
    use versify::prelude::*;

    #[get("/items/{item_id}")]
    async fn read_items(#[path(title = "The ID of the item to get", ge = 1)] item_id: i64, q: String) -> Value {
        let mut results = json!({"item_id": item_id});
        if !q.is_empty() {
            results["q"] = json!(q);
        }
        results
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}
