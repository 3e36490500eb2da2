use super::Case;

pub const CASES: &[Case] = &[
    ("dependencies.tutorial001", tutorial001::app),
    ("dependencies.tutorial001_02", tutorial001::app),
    ("dependencies.tutorial002", tutorial002::app),
    ("dependencies.tutorial003", tutorial002::app),
    ("dependencies.tutorial004", tutorial002::app),
    ("dependencies.tutorial005", tutorial005::app),
    ("dependencies.tutorial006", tutorial006::app),
    ("dependencies.tutorial008b", tutorial008b::app),
    ("dependencies.tutorial008c", tutorial008c::app),
    ("dependencies.tutorial008d", tutorial008c::app),
    ("dependencies.tutorial008e", tutorial008e::app),
    ("dependencies.tutorial011", tutorial011::app),
    ("dependencies.tutorial012", tutorial012::app),
];

mod tutorial001 {
    use versify::prelude::*;

    #[dependency]
    async fn common_parameters(
        q: Option<String>,
        #[query(default = 0)] skip: i64,
        #[query(default = 100)] limit: i64,
    ) -> Value {
        json!({"q": q, "skip": skip, "limit": limit})
    }

    #[get("/items/")]
    async fn read_items(commons: Depends<common_parameters>) -> Value {
        Value::clone(&commons)
    }

    #[get("/users/")]
    async fn read_users(commons: Depends<common_parameters>) -> Value {
        Value::clone(&commons)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items, read_users])
    }
}

mod tutorial002 {
    use versify::prelude::*;

    const FAKE_ITEMS_DB: [&str; 3] = ["Foo", "Bar", "Baz"];

    pub struct CommonQueryParams {
        q: Option<String>,
        skip: usize,
        limit: usize,
    }

    #[dependency]
    async fn common_query_params(
        q: Option<String>,
        #[query(default = 0)] skip: i64,
        #[query(default = 100)] limit: i64,
    ) -> CommonQueryParams {
        CommonQueryParams { q, skip: skip.max(0) as usize, limit: limit.max(0) as usize }
    }

    #[get("/items/")]
    async fn read_items(commons: Depends<common_query_params>) -> Value {
        let items = FAKE_ITEMS_DB.iter().skip(commons.skip).take(commons.limit);
        let mut response = json!({"items": items.map(|name| json!({"item_name": name})).collect::<Vec<_>>()});
        if let Some(q) = commons.q.as_ref().filter(|q| !q.is_empty()) {
            response["q"] = json!(q);
        }
        response
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial005 {
    use versify::prelude::*;

    #[dependency]
    fn query_extractor(q: Option<String>) -> Option<String> {
        q
    }

    #[dependency]
    fn query_or_cookie_extractor(q: Depends<query_extractor>, #[cookie] last_query: Option<String>) -> Option<String> {
        Option::clone(&q).filter(|q| !q.is_empty()).or(last_query)
    }

    #[get("/items/")]
    async fn read_query(query_or_default: Depends<query_or_cookie_extractor>) -> Value {
        json!({"q_or_cookie": *query_or_default})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_query])
    }
}

mod tutorial006 {
    use versify::prelude::*;

    #[dependency]
    pub async fn verify_token(#[header] x_token: String) -> Result<()> {
        if x_token != "fake-super-secret-token" {
            return Err(HttpError::new(400, "X-Token header invalid"));
        }
        Ok(())
    }

    #[dependency]
    pub async fn verify_key(#[header] x_key: String) -> Result<String> {
        if x_key != "fake-super-secret-key" {
            return Err(HttpError::new(400, "X-Key header invalid"));
        }
        Ok(x_key)
    }

    #[get("/items/", dependencies = [verify_token, verify_key])]
    async fn read_items() -> Value {
        json!([{"item": "Foo"}, {"item": "Bar"}])
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial012 {
    use versify::prelude::*;

    use super::tutorial006::{verify_key, verify_token};

    #[get("/items/")]
    async fn read_items() -> Value {
        json!([{"item": "Portal Gun"}, {"item": "Plumbus"}])
    }

    #[get("/users/")]
    async fn read_users() -> Value {
        json!([{"username": "Rick"}, {"username": "Morty"}])
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0")
            .dependency::<verify_token>()
            .dependency::<verify_key>()
            .routes(routes![read_items, read_users])
    }
}

mod tutorial008b {
    use versify::prelude::*;

    #[dependency]
    fn get_username() -> String {
        "Rick".to_owned()
    }

    #[get("/items/{item_id}")]
    fn get_item(item_id: String, username: Depends<get_username>) -> Result<Value> {
        let (description, owner) = match item_id.as_str() {
            "plumbus" => ("Freshly pickled plumbus", "Morty"),
            "portal-gun" => ("Gun to create portals", "Rick"),
            _ => return Err(HttpError::new(404, "Item not found")),
        };
        if owner != *username {
            return Err(HttpError::new(400, format!("Owner error: {}", *username)));
        }
        Ok(json!({"description": description, "owner": owner}))
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![get_item])
    }
}

mod tutorial008c {
    use versify::{ExitStack, Outcome, prelude::*};

    #[dependency]
    fn get_username(exit: ExitStack) -> String {
        exit.push(async |outcome: Outcome| {
            if !outcome.is_success() {
                println!("The client does not learn why 😎");
            }
        });
        "Rick".to_owned()
    }

    #[get("/items/{item_id}")]
    fn get_item(item_id: String, username: Depends<get_username>) -> Result<Value> {
        match item_id.as_str() {
            "plumbus" => Ok(json!(item_id)),
            "portal-gun" => {
                Err(HttpError::internal(format!("The portal gun is too dangerous to be owned by {}", *username)))
            }
            _ => Err(HttpError::new(404, "Item not found, there's only a plumbus here")),
        }
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![get_item])
    }
}

mod tutorial008e {
    use versify::{ExitStack, Outcome, prelude::*};

    #[dependency(scope = "function")]
    fn get_username(exit: ExitStack) -> String {
        exit.push(async |_: Outcome| println!("Cleanup up before response is sent"));
        "Rick".to_owned()
    }

    #[get("/users/me")]
    fn get_user_me(username: Depends<get_username>) -> Value {
        json!(*username)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![get_user_me])
    }
}

mod tutorial011 {
    use versify::prelude::*;

    struct FixedContentQueryChecker {
        fixed_content: &'static str,
    }

    impl FixedContentQueryChecker {
        fn call(&self, q: &str) -> bool {
            q.contains(self.fixed_content)
        }
    }

    static CHECKER: FixedContentQueryChecker = FixedContentQueryChecker { fixed_content: "bar" };

    #[dependency]
    async fn checker(#[query(default = "")] q: String) -> bool {
        CHECKER.call(&q)
    }

    #[get("/query-checker/")]
    async fn read_query_check(fixed_content_included: Depends<checker>) -> Value {
        json!({"fixed_content_in_query": *fixed_content_included})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_query_check])
    }
}
