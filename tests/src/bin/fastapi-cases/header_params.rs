use super::Case;

pub const CASES: &[Case] = &[
    ("header_params.tutorial002", tutorial002::app),
    ("header_params.tutorial003", tutorial003::app),
    ("header_params.tutorial001", tutorial001::app),
];

mod tutorial002 {
    use versify::prelude::*;

    #[get("/items/")]
    async fn read_items(#[header(convert_underscores = false)] strange_header: Option<String>) -> Value {
        json!({"strange_header": strange_header})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial003 {
    use versify::prelude::*;

    #[get("/items/")]
    async fn read_items(#[header] x_token: Option<Vec<String>>) -> Value {
        json!({"X-Token values": x_token})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial001 {
    use versify::prelude::*;

    #[get("/items/")]
    async fn read_items(#[header] user_agent: Option<String>) -> Value {
        json!({"User-Agent": user_agent})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}
