use super::Case;

pub const CASES: &[Case] = &[("cookie_params.tutorial001", tutorial001::app)];

mod tutorial001 {
    use versify::prelude::*;

    #[get("/items/")]
    async fn read_items(#[cookie] ads_id: Option<String>) -> Value {
        json!({"ads_id": ads_id})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}
