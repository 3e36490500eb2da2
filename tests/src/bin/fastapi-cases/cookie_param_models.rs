use super::Case;

pub const CASES: &[Case] = &[
    ("cookie_param_models.tutorial001", tutorial001::app),
    ("cookie_param_models.tutorial003", tutorial003::app),
    ("cookie_param_models.tutorial002", tutorial002::app),
];

mod tutorial001 {
    use versify::prelude::*;

    #[model]
    pub struct Cookies {
        session_id: String,
        fatebook_tracker: Option<String>,
        googall_tracker: Option<String>,
    }

    #[get("/items/")]
    async fn read_items(#[cookie] cookies: Cookies) -> Value {
        json!(cookies)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial003 {
    use versify::prelude::*;

    #[model]
    pub struct Preferences {
        theme: String,
        locale: String,
    }

    #[get("/items/")]
    async fn read_items(#[cookie] preferences: Option<Preferences>) -> Value {
        json!(preferences)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial002 {
    use versify::prelude::*;

    #[model(extra = "forbid")]
    pub struct Cookies {
        session_id: String,
        fatebook_tracker: Option<String>,
        googall_tracker: Option<String>,
    }

    #[get("/items/")]
    async fn read_items(#[cookie] cookies: Cookies) -> Value {
        json!(cookies)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}
