use super::Case;

pub const CASES: &[Case] = &[
    ("extra_models.tutorial004", tutorial004::app),
    ("extra_models.tutorial001", tutorial001::app),
    ("extra_models.tutorial002", tutorial002::app),
    ("extra_models.tutorial003", tutorial003::app),
    ("extra_models.tutorial005", tutorial005::app),
];

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

mod tutorial001 {
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

    #[model]
    pub struct UserInDb {
        username: String,
        hashed_password: String,
        email: EmailStr,
        full_name: Option<String>,
    }

    fn fake_password_hasher(raw_password: &str) -> String {
        format!("supersecret{raw_password}")
    }

    fn fake_save_user(UserIn { username, password, email, full_name }: UserIn) -> UserInDb {
        let hashed_password = fake_password_hasher(&password);
        println!("User saved! ..not really");
        UserInDb { username, hashed_password, email, full_name }
    }

    impl From<UserInDb> for UserOut {
        fn from(UserInDb { username, email, full_name, .. }: UserInDb) -> Self {
            Self { username, email, full_name }
        }
    }

    #[post("/user/")]
    async fn create_user(user_in: UserIn) -> UserOut {
        fake_save_user(user_in).into()
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_user])
    }
}

mod tutorial002 {
    use versify::{prelude::*, types::EmailStr};

    #[model]
    pub struct UserBase {
        username: String,
        email: EmailStr,
        full_name: Option<String>,
    }

    #[model]
    pub struct UserIn {
        #[field(flatten)]
        base: UserBase,
        password: String,
    }

    #[model]
    pub struct UserOut {
        #[field(flatten)]
        base: UserBase,
    }

    #[model]
    pub struct UserInDb {
        #[field(flatten)]
        base: UserBase,
        hashed_password: String,
    }

    fn fake_password_hasher(raw_password: &str) -> String {
        format!("supersecret{raw_password}")
    }

    fn fake_save_user(user_in: UserIn) -> UserInDb {
        let hashed_password = fake_password_hasher(&user_in.password);
        println!("User saved! ..not really");
        UserInDb { base: user_in.base, hashed_password }
    }

    #[post("/user/")]
    async fn create_user(user_in: UserIn) -> UserOut {
        UserOut { base: fake_save_user(user_in).base }
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_user])
    }
}

mod tutorial003 {
    use versify::prelude::*;

    #[model]
    pub struct CarItem {
        description: String,
        #[field(alias = "type", default = "car")]
        kind: String,
    }

    #[model]
    pub struct PlaneItem {
        description: String,
        #[field(alias = "type", default = "plane")]
        kind: String,
        size: i64,
    }

    #[model(untagged)]
    pub enum Item {
        Plane(PlaneItem),
        Car(CarItem),
    }

    #[get("/items/{item_id}")]
    async fn read_item(item_id: String) -> Result<Item> {
        let text = str::to_owned;
        match &*item_id {
            "item1" => {
                let description = text("All my friends drive a low rider");
                Ok(Item::Car(CarItem { description, kind: text("car") }))
            }
            "item2" => {
                let description = text("Music is my aeroplane, it's my aeroplane");
                Ok(Item::Plane(PlaneItem { description, kind: text("plane"), size: 5 }))
            }
            _ => Err(HttpError::status_only(404)),
        }
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_item])
    }
}

mod tutorial005 {
    use std::collections::HashMap;

    use versify::prelude::*;

    #[get("/keyword-weights/")]
    async fn read_keyword_weights() -> HashMap<&'static str, f64> {
        HashMap::from([("foo", 2.3), ("bar", 3.4)])
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_keyword_weights])
    }
}
