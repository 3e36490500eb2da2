use super::Case;

pub const CASES: &[Case] = &[
    ("dataclasses_.tutorial002", tutorial002::app),
    ("dataclasses_.tutorial003", tutorial003::app),
    ("dataclasses_.tutorial001", tutorial001::app),
];

mod tutorial002 {
    use versify::prelude::*;

    #[model]
    pub struct Item {
        name: String,
        price: f64,
        #[field(default_with = Vec::new)]
        tags: Vec<String>,
        description: Option<String>,
        tax: Option<f64>,
    }

    #[get("/items/next")]
    async fn read_next_item() -> Item {
        Item {
            name: "Island In The Moon".to_owned(),
            price: 12.99,
            description: Some("A place to be playin' and havin' fun".to_owned()),
            tags: vec!["breater".to_owned()],
            tax: None,
        }
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_next_item])
    }
}

mod tutorial003 {
    use versify::prelude::*;

    #[model]
    pub struct Item {
        name: String,
        description: Option<String>,
    }

    #[model]
    pub struct Author {
        name: String,
        #[field(default_with = Vec::new)]
        items: Vec<Item>,
    }

    #[post("/authors/{author_id}/items/")]
    async fn create_author_items(author_id: String, items: Vec<Item>) -> Author {
        Author { name: author_id, items }
    }

    #[get("/authors/")]
    fn get_authors() -> Vec<Author> {
        let item = |name: &str, description: Option<&str>| Item {
            name: name.to_owned(),
            description: description.map(str::to_owned),
        };
        vec![
            Author {
                name: "Breaters".to_owned(),
                items: vec![
                    item("Island In The Moon", Some("A place to be playin' and havin' fun")),
                    item("Holy Buddies", None),
                ],
            },
            Author {
                name: "System of an Up".to_owned(),
                items: vec![
                    item("Salt", Some("The kombucha mushroom people's favorite")),
                    item("Pad Thai", None),
                    item("Lonely Night", Some("The mostests lonliest nightiest of allest")),
                ],
            },
        ]
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_author_items, get_authors])
    }
}

mod tutorial001 {
    use versify::prelude::*;

    #[model]
    pub struct Item {
        name: String,
        price: f64,
        description: Option<String>,
        tax: Option<f64>,
    }

    #[post("/items/")]
    async fn create_item(item: Item) -> Value {
        json!(item)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_item])
    }
}
