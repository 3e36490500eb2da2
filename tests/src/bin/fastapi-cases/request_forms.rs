use super::Case;

pub const CASES: &[Case] =
    &[("request_forms.tutorial001", tutorial001::app), ("request_forms.tutorial002", tutorial002::app)];

mod tutorial001 {
    use versify::prelude::*;

    #[post("/login/")]
    async fn login(#[form] username: String, #[form] password: String) -> Value {
        let _ = password;
        json!({"username": username})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![login])
    }
}

mod tutorial002 {
    use versify::prelude::*;

    #[post("/preferences/")]
    async fn update_preferences(#[form(default = false)] subscribe: bool) -> Value {
        json!({"subscribe": subscribe})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![update_preferences])
    }
}
