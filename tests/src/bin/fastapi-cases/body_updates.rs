use super::Case;

pub const CASES: &[Case] = &[("body_updates.tutorial001", tutorial001::app)];

mod tutorial001 {
    use std::{collections::HashMap, sync::Mutex};

    use versify::prelude::*;

    #[model]
    #[derive(Clone, Default)]
    pub struct Item {
        name: Option<String>,
        description: Option<String>,
        price: Option<f64>,
        #[field(default = 10.5)]
        tax: f64,
        #[field(default)]
        tags: Vec<String>,
    }

    type Items = Mutex<HashMap<String, Item>>;

    fn items() -> Items {
        let item = |name: &str, description: Option<&str>, price, tax| Item {
            name: Some(name.to_owned()),
            description: description.map(str::to_owned),
            price: Some(price),
            tax,
            tags: Vec::new(),
        };
        Mutex::new(HashMap::from([
            ("foo".to_owned(), item("Foo", None, 50.2, 10.5)),
            ("bar".to_owned(), item("Bar", Some("The bartenders"), 62.0, 20.2)),
            ("baz".to_owned(), item("Baz", None, 50.2, 10.5)),
        ]))
    }

    #[get("/items/{item_id}")]
    async fn read_item(item_id: String, items: State<Items>) -> Result<Item> {
        items.lock().unwrap().get(&item_id).cloned().ok_or_else(|| HttpError::new(404, "Not Found"))
    }

    #[put("/items/{item_id}")]
    async fn update_item(item_id: String, item: Item, items: State<Items>) -> Item {
        items.lock().unwrap().insert(item_id, item.clone());
        item
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_item, update_item]).state(items())
    }
}
