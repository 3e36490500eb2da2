use super::Case;

pub const CASES: &[Case] = &[
    ("query_params_str_validations.tutorial002", tutorial002::app),
    ("query_params_str_validations.tutorial003", tutorial003::app),
    ("query_params_str_validations.tutorial006", tutorial006::app),
    ("query_params_str_validations.tutorial006c", tutorial006c::app),
    ("query_params_str_validations.tutorial007", tutorial007::app),
    ("query_params_str_validations.tutorial008", tutorial008::app),
    ("query_params_str_validations.tutorial009", tutorial009::app),
    ("query_params_str_validations.tutorial010", tutorial010::app),
    ("query_params_str_validations.tutorial013", tutorial013::app),
    ("query_params_str_validations.tutorial015", tutorial015::app),
    ("query_params_str_validations.tutorial001", tutorial001::app),
    ("query_params_str_validations.tutorial004", tutorial004::app),
    ("query_params_str_validations.tutorial005", tutorial005::app),
    ("query_params_str_validations.tutorial011", tutorial011::app),
    ("query_params_str_validations.tutorial012", tutorial012::app),
    ("query_params_str_validations.tutorial014", tutorial014::app),
];

mod tutorial002 {
    use versify::prelude::*;

    #[get("/items/")]
    async fn read_items(#[query(max_length = 50)] q: Option<String>) -> Value {
        let mut results = json!({"items": [{"item_id": "Foo"}, {"item_id": "Bar"}]});
        if let Some(q) = q.filter(|q| !q.is_empty()) {
            results["q"] = q.into();
        }
        results
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial003 {
    use versify::prelude::*;

    #[get("/items/")]
    async fn read_items(#[query(min_length = 3, max_length = 50)] q: Option<String>) -> Value {
        let mut results = json!({"items": [{"item_id": "Foo"}, {"item_id": "Bar"}]});
        if let Some(q) = q.filter(|q| !q.is_empty()) {
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

    #[get("/items/")]
    async fn read_items(#[query(min_length = 3)] q: String) -> Value {
        let mut results = json!({"items": [{"item_id": "Foo"}, {"item_id": "Bar"}]});
        results["q"] = q.into();
        results
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial006c {
    use versify::prelude::*;

    #[get("/items/")]
    async fn read_items(#[query(min_length = 3, required)] q: Option<String>) -> Value {
        let mut results = json!({"items": [{"item_id": "Foo"}, {"item_id": "Bar"}]});
        if let Some(q) = q.filter(|q| !q.is_empty()) {
            results["q"] = q.into();
        }
        results
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial007 {
    use versify::prelude::*;

    #[get("/items/")]
    async fn read_items(#[query(title = "Query string", min_length = 3)] q: Option<String>) -> Value {
        let mut results = json!({"items": [{"item_id": "Foo"}, {"item_id": "Bar"}]});
        if let Some(q) = q.filter(|q| !q.is_empty()) {
            results["q"] = q.into();
        }
        results
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial008 {
    use versify::prelude::*;

    #[get("/items/")]
    async fn read_items(
        #[query(
            title = "Query string",
            description = "Query string for the items to search in the database that have a good match",
            min_length = 3
        )]
        q: Option<String>,
    ) -> Value {
        let mut results = json!({"items": [{"item_id": "Foo"}, {"item_id": "Bar"}]});
        if let Some(q) = q.filter(|q| !q.is_empty()) {
            results["q"] = q.into();
        }
        results
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial009 {
    use versify::prelude::*;

    #[get("/items/")]
    async fn read_items(#[query(alias = "item-query")] q: Option<String>) -> Value {
        let mut results = json!({"items": [{"item_id": "Foo"}, {"item_id": "Bar"}]});
        if let Some(q) = q.filter(|q| !q.is_empty()) {
            results["q"] = q.into();
        }
        results
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial010 {
    use versify::prelude::*;

    #[get("/items/")]
    async fn read_items(
        #[query(
            alias = "item-query",
            title = "Query string",
            description = "Query string for the items to search in the database that have a good match",
            min_length = 3,
            max_length = 50,
            pattern = "^fixedquery$",
            deprecated
        )]
        q: Option<String>,
    ) -> Value {
        let mut results = json!({"items": [{"item_id": "Foo"}, {"item_id": "Bar"}]});
        if let Some(q) = q.filter(|q| !q.is_empty()) {
            results["q"] = q.into();
        }
        results
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial013 {
    use versify::prelude::*;

    #[get("/items/")]
    async fn read_items(#[query(default)] q: Vec<Value>) -> Value {
        json!({"q": q})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial015 {
    use std::time::{SystemTime, UNIX_EPOCH};

    use versify::prelude::*;

    const DATA: [(&str, &str); 3] = [
        ("isbn-9781529046137", "The Hitchhiker's Guide to the Galaxy"),
        ("imdb-tt0371724", "The Hitchhiker's Guide to the Galaxy"),
        ("isbn-9781439512982", "Isaac Asimov: The Complete Stories, Vol. 2"),
    ];

    fn check_valid_id(id: &Option<String>) -> std::result::Result<(), &'static str> {
        match id {
            Some(id) if !id.starts_with("isbn-") && !id.starts_with("imdb-") => {
                Err(r#"Invalid ID format, it must start with "isbn-" or "imdb-""#)
            }
            _ => Ok(()),
        }
    }

    #[get("/items/")]
    async fn read_items(#[query(validate = check_valid_id)] id: Option<String>) -> Value {
        match id {
            Some(id) => {
                let item = DATA.iter().find(|(known, _)| *known == id).map(|(_, name)| name);
                json!({"id": id, "name": item})
            }
            None => {
                let nanos = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.subsec_nanos());
                let (id, name) = DATA.into_iter().cycle().nth(nanos as usize % DATA.len()).unwrap_or_default();
                json!({"id": id, "name": name})
            }
        }
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial001 {
    use versify::prelude::*;

    #[get("/items/")]
    async fn read_items(q: Option<String>) -> Value {
        let mut results = json!({"items": [{"item_id": "Foo"}, {"item_id": "Bar"}]});
        if let Some(q) = q.filter(|q| !q.is_empty()) {
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

    #[get("/items/")]
    async fn read_items(
        #[query(min_length = 3, max_length = 50, pattern = "^fixedquery$")] q: Option<String>,
    ) -> Value {
        let mut results = json!({"items": [{"item_id": "Foo"}, {"item_id": "Bar"}]});
        if let Some(q) = q {
            results["q"] = json!(q);
        }
        results
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial005 {
    use versify::prelude::*;

    #[get("/items/")]
    async fn read_items(#[query(default = "fixedquery", min_length = 3)] q: String) -> Value {
        let mut results = json!({"items": [{"item_id": "Foo"}, {"item_id": "Bar"}]});
        if !q.is_empty() {
            results["q"] = json!(q);
        }
        results
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial011 {
    use versify::prelude::*;

    #[get("/items/")]
    async fn read_items(#[query] q: Option<Vec<String>>) -> Value {
        json!({"q": q})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial012 {
    use versify::prelude::*;

    #[get("/items/")]
    async fn read_items(#[query(default = vec!["foo".to_owned(), "bar".to_owned()])] q: Vec<String>) -> Value {
        json!({"q": q})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial014 {
    use versify::prelude::*;

    #[get("/items/")]
    async fn read_items(#[query(include_in_schema = false)] hidden_query: Option<String>) -> Value {
        json!({"hidden_query": hidden_query.as_deref().unwrap_or("Not found")})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}
