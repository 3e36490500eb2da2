use super::Case;

pub const CASES: &[Case] = &[
    ("header_param_models.tutorial001", tutorial001::app),
    ("header_param_models.tutorial002", tutorial002::app),
    ("header_param_models.tutorial004", tutorial004::app),
    ("header_param_models.tutorial003", tutorial003::app),
];

mod tutorial001 {
    use versify::prelude::*;

    #[model]
    pub struct CommonHeaders {
        host: String,
        save_data: bool,
        if_modified_since: Option<String>,
        traceparent: Option<String>,
        #[field(default)]
        x_tag: Vec<String>,
    }

    #[get("/items/")]
    async fn read_items(#[header] headers: CommonHeaders) -> Value {
        json!(headers)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial002 {
    use versify::prelude::*;

    #[model(extra = "forbid")]
    pub struct CommonHeaders {
        host: String,
        save_data: bool,
        if_modified_since: Option<String>,
        traceparent: Option<String>,
        #[field(default)]
        x_tag: Vec<String>,
    }

    #[get("/items/")]
    async fn read_items(#[header] headers: CommonHeaders) -> Value {
        json!(headers)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial004 {
    use versify::prelude::*;

    #[model]
    pub struct ClientHeaders {
        x_client_name: String,
        x_client_version: String,
    }

    #[get("/items/")]
    async fn read_items(#[header] client: Option<ClientHeaders>) -> Value {
        json!(client)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial003 {
    use versify::prelude::*;

    #[model]
    pub struct CommonHeaders {
        host: String,
        save_data: bool,
        if_modified_since: Option<String>,
        traceparent: Option<String>,
        #[field(default)]
        x_tag: Vec<String>,
    }

    #[get("/items/")]
    async fn read_items(#[header(convert_underscores = false)] headers: CommonHeaders) -> Value {
        json!(headers)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}
