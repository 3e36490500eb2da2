use super::Case;

pub const CASES: &[Case] = &[
    ("response_model.tutorial001", tutorial001::app),
    ("response_model.tutorial001_01", tutorial001::app),
    ("response_model.tutorial002", tutorial002::app),
    ("response_model.tutorial003", tutorial003::app),
    ("response_model.tutorial003_01", tutorial003_01::app),
    ("response_model.tutorial003_02", tutorial003_02::app),
    ("response_model.tutorial003_03", tutorial003_03::app),
    ("response_model.tutorial003_05", tutorial003_05::app),
    ("response_model.tutorial004", tutorial004::app),
    ("response_model.tutorial005", tutorial005::app),
    ("response_model.tutorial006", tutorial005::app),
];

mod tutorial001 {
    use versify::prelude::*;

    #[model]
    pub struct Item {
        name: String,
        description: Option<String>,
        price: f64,
        tax: Option<f64>,
        #[field(default)]
        tags: Vec<String>,
    }

    #[post("/items/")]
    async fn create_item(item: Item) -> Item {
        item
    }

    #[get("/items/")]
    async fn read_items() -> Vec<Item> {
        let item =
            |name: &str, price| Item { name: name.to_owned(), price, description: None, tax: None, tags: Vec::new() };
        vec![item("Portal Gun", 42.0), item("Plumbus", 32.0)]
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_item, read_items])
    }
}

mod tutorial002 {
    use versify::{prelude::*, types::EmailStr};

    #[model]
    pub struct UserIn {
        username: String,
        password: String,
        email: EmailStr,
        full_name: Option<String>,
    }

    // Don't do this in production!
    #[post("/user/")]
    async fn create_user(user: UserIn) -> UserIn {
        user
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_user])
    }
}

mod tutorial003 {
    use versify::{prelude::*, types::EmailStr};

    #[model]
    pub struct UserIn {
        username: String,
        password: String,
        email: EmailStr,
        full_name: Option<String>,
    }

    #[model]
    pub struct UserOut {
        username: String,
        email: EmailStr,
        full_name: Option<String>,
    }

    impl From<UserIn> for UserOut {
        fn from(UserIn { username, email, full_name, .. }: UserIn) -> Self {
            Self { username, email, full_name }
        }
    }

    #[post("/user/", response = UserOut)]
    async fn create_user(user: UserIn) -> UserIn {
        user
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_user])
    }
}

mod tutorial003_01 {
    use versify::{prelude::*, types::EmailStr};

    #[model]
    pub struct BaseUser {
        username: String,
        email: EmailStr,
        full_name: Option<String>,
    }

    #[model]
    pub struct UserIn {
        #[field(flatten)]
        base: BaseUser,
        password: String,
    }

    impl From<UserIn> for BaseUser {
        fn from(user: UserIn) -> Self {
            user.base
        }
    }

    #[post("/user/", response = BaseUser)]
    async fn create_user(user: UserIn) -> UserIn {
        user
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_user])
    }
}

mod tutorial003_02 {
    use versify::{Json, Redirect, poem::IntoResponse, prelude::*};

    #[get("/portal")]
    async fn get_portal(#[query(default = false)] teleport: bool) -> poem::Response {
        if teleport {
            return Redirect::to("https://www.youtube.com/watch?v=dQw4w9WgXcQ").into_response();
        }
        Json(json!({"message": "Here's your interdimensional portal."})).into_response()
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![get_portal])
    }
}

mod tutorial003_03 {
    use versify::{Redirect, poem::IntoResponse, prelude::*};

    // The original's document shows a 200 of any JSON; one of `Redirect` would show the redirect.
    #[get("/teleport")]
    async fn get_teleport() -> poem::Response {
        Redirect::to("https://www.youtube.com/watch?v=dQw4w9WgXcQ").into_response()
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![get_teleport])
    }
}

mod tutorial003_05 {
    use versify::{Json, Redirect, poem::IntoResponse, prelude::*};

    #[get("/portal")]
    async fn get_portal(#[query(default = false)] teleport: bool) -> poem::Response {
        if teleport {
            return Redirect::to("https://www.youtube.com/watch?v=dQw4w9WgXcQ").into_response();
        }
        Json(json!({"message": "Here's your interdimensional portal."})).into_response()
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![get_portal])
    }
}

mod tutorial004 {
    use versify::prelude::*;

    #[model]
    pub struct Item {
        name: String,
        description: Patch<Option<String>>,
        price: f64,
        #[field(default = Patch::Set(10.5))]
        tax: Patch<f64>,
        #[field(default = Patch::Set(Vec::new()))]
        tags: Patch<Vec<String>>,
    }

    #[get("/items/{item_id}")]
    async fn read_item(item_id: String) -> Result<Item> {
        let item = |name: &str, price| Item {
            name: name.to_owned(),
            price,
            description: Patch::Unset,
            tax: Patch::Unset,
            tags: Patch::Unset,
        };
        Ok(match &*item_id {
            "foo" => item("Foo", 50.2),
            "bar" => Item {
                description: Patch::Set(Some("The bartenders".to_owned())),
                tax: Patch::Set(20.2),
                ..item("Bar", 62.0)
            },
            "baz" => Item {
                description: Patch::Set(None),
                tax: Patch::Set(10.5),
                tags: Patch::Set(Vec::new()),
                ..item("Baz", 50.2)
            },
            _ => return Err(HttpError::status_only(404)),
        })
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_item])
    }
}

mod tutorial005 {
    use versify::prelude::*;

    #[model]
    pub struct Item {
        name: String,
        description: Option<String>,
        price: f64,
        #[field(default = 10.5)]
        tax: f64,
    }

    fn item(item_id: &str) -> Result<Item> {
        let item = |name: &str, description: Option<&str>, price, tax| Item {
            name: name.to_owned(),
            description: description.map(str::to_owned),
            price,
            tax,
        };
        Ok(match item_id {
            "foo" => item("Foo", None, 50.2, 10.5),
            "bar" => item("Bar", Some("The Bar fighters"), 62.0, 20.2),
            "baz" => item("Baz", Some("There goes my baz"), 50.2, 10.5),
            _ => return Err(HttpError::status_only(404)),
        })
    }

    #[get("/items/{item_id}/name", include = ["name", "description"])]
    async fn read_item_name(item_id: String) -> Result<Item> {
        item(&item_id)
    }

    #[get("/items/{item_id}/public", exclude = ["tax"])]
    async fn read_item_public_data(item_id: String) -> Result<Item> {
        item(&item_id)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_item_name, read_item_public_data])
    }
}
