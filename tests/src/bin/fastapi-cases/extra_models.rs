use super::Case;

pub const CASES: &[Case] = &[("extra_models.tutorial004", tutorial004::app)];

mod tutorial004 {
    use versify::prelude::*;

    #[model]
    pub struct Item {
        name: String,
        description: String,
    }

    #[get("/items/")]
    async fn read_items() -> Vec<Item> {
        vec![
            Item { name: "Foo".to_owned(), description: "There comes my hero".to_owned() },
            Item { name: "Red".to_owned(), description: "It's my aeroplane".to_owned() },
        ]
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}
