use super::Case;

pub const CASES: &[Case] =
    &[("first_steps.tutorial003", tutorial003::app), ("first_steps.tutorial001", tutorial001::app)];

mod tutorial003 {
    use versify::prelude::*;

    #[get("/")]
    fn root() -> Value {
        json!({"message": "Hello World"})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![root])
    }
}

mod tutorial001 {
    use versify::prelude::*;

    #[get("/")]
    async fn root() -> Value {
        json!({"message": "Hello World"})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![root])
    }
}
