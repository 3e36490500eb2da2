use super::Case;

pub const CASES: &[Case] = &[("encoder.tutorial001", tutorial001::app)];

mod tutorial001 {
    use std::{collections::HashMap, sync::Mutex};

    use versify::{prelude::*, types::DateTime};

    type FakeDb = Mutex<HashMap<String, Value>>;

    #[model]
    pub struct Item {
        title: String,
        timestamp: DateTime,
        description: Option<String>,
    }

    #[put("/items/{id}")]
    fn update_item(id: String, item: Item, fake_db: State<FakeDb>) -> Value {
        fake_db.lock().unwrap().insert(id, json!(item));
        Value::Null
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![update_item]).state(FakeDb::default())
    }
}
