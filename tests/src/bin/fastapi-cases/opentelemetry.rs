use super::Case;

pub const CASES: &[Case] = &[("opentelemetry.tutorial001", tutorial001::app)];

mod tutorial001 {
    use versify::{OpenTelemetry, prelude::*};

    #[get("/items/{item_id}")]
    async fn read_item(item_id: i64) -> Value {
        json!({"item_id": item_id})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_item]).opentelemetry(OpenTelemetry::new())
    }
}
