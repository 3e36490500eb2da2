use super::Case;

pub const CASES: &[Case] = &[
    ("request_form_models.tutorial001", tutorial001::app),
    ("request_form_models.tutorial002", tutorial002::app),
    ("request_form_models.tutorial003", tutorial003::app),
    ("request_form_models.tutorial004", tutorial004::app),
    ("request_form_models.tutorial005", tutorial005::app),
    ("request_form_models.tutorial006", tutorial006::app),
    ("request_form_models.tutorial007", tutorial007::app),
];

mod tutorial001 {
    use versify::prelude::*;

    #[model]
    pub struct FormData {
        username: String,
        password: String,
    }

    #[post("/login/")]
    async fn login(#[form] data: FormData) -> Value {
        json!(data)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![login])
    }
}

mod tutorial002 {
    use versify::prelude::*;

    #[model(extra = "forbid")]
    pub struct FormData {
        username: String,
        password: String,
    }

    #[post("/login/")]
    async fn login(#[form] data: FormData) -> Value {
        json!(data)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![login])
    }
}

mod tutorial003 {
    use versify::prelude::*;

    #[model]
    pub struct Profile {
        name: String,
    }

    #[model]
    pub struct Preferences {
        #[field(default)]
        tags: Vec<String>,
    }

    #[post("/profiles/")]
    async fn create_profile(
        #[form] profile: Profile,
        #[form] preferences: Preferences,
        #[form] token: String,
    ) -> Value {
        json!({"profile": profile, "preferences": preferences, "token": token})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_profile])
    }
}

mod tutorial004 {
    use versify::{UploadFile, prelude::*};

    #[model]
    pub struct Profile {
        name: String,
    }

    #[post("/profiles/")]
    async fn create_profile(#[form] profile: Profile, avatar: UploadFile) -> Value {
        json!({"profile": profile, "filename": avatar.file_name()})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_profile])
    }
}

mod tutorial005 {
    use versify::prelude::*;

    #[model]
    pub struct Profile {
        name: String,
        age: i64,
    }

    #[post("/profiles/")]
    async fn create_profile(#[form] token: String, #[form] profile: Option<Profile>) -> Value {
        json!({"token": token, "profile": profile})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_profile])
    }
}

mod tutorial006 {
    use versify::prelude::*;

    #[model(tag = "kind", rename_all = "snake_case")]
    pub enum Contact {
        Person { name: String },
        Company { company_name: String },
    }

    #[post("/contacts/")]
    async fn create_contact(#[form] contact: Option<Contact>) -> Value {
        json!(contact)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_contact])
    }
}

mod tutorial007 {
    use versify::prelude::*;

    #[model(tag = "contact_type", rename_all = "snake_case")]
    pub enum Contact {
        Person { name: String },
        Company { company_name: String },
    }

    #[model(tag = "notification_type", rename_all = "snake_case")]
    pub enum Notification {
        Email { email: String },
        Sms { phone: String },
    }

    #[post("/contacts/")]
    async fn create_contact(
        #[form] contact: Contact,
        #[form] token: String,
        #[form] notification: Option<Notification>,
    ) -> Value {
        json!({"contact": contact, "notification": notification, "token": token})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_contact])
    }
}
