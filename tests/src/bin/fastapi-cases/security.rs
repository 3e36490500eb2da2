use super::Case;

pub const CASES: &[Case] = &[
    ("security.tutorial001", tutorial001::app),
    ("security.tutorial006", tutorial006::app),
    ("security.tutorial007", tutorial007::app),
];

mod tutorial001 {
    use versify::{
        prelude::*,
        security::{Auth, OAuth2, SecurityScheme},
    };

    struct OAuth2PasswordBearer;

    impl SecurityScheme for OAuth2PasswordBearer {
        type Kind = OAuth2;
        const SCHEME: OAuth2 = OAuth2::password("token");
    }

    #[get("/items/")]
    async fn read_items(token: Auth<OAuth2PasswordBearer>) -> Value {
        json!({"token": *token})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial006 {
    use versify::{
        prelude::*,
        security::{Auth, HttpBasic},
    };

    #[get("/users/me")]
    fn read_current_user(credentials: Auth<HttpBasic>) -> Value {
        json!({"username": credentials.username, "password": credentials.password})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_current_user])
    }
}

mod tutorial007 {
    use versify::{
        poem::http::{HeaderValue, header::WWW_AUTHENTICATE},
        prelude::*,
        security::{Auth, HttpBasic, equal_in_constant_time},
    };

    #[dependency]
    fn get_current_username(credentials: Auth<HttpBasic>) -> Result<String> {
        let is_correct_username = equal_in_constant_time(&credentials.username, "stanleyjobson");
        let is_correct_password = equal_in_constant_time(&credentials.password, "swordfish");
        if !(is_correct_username && is_correct_password) {
            return Err(HttpError::new(401, "Incorrect username or password")
                .header(WWW_AUTHENTICATE, HeaderValue::from_static("Basic")));
        }
        Ok(credentials.into_inner().username)
    }

    #[get("/users/me")]
    fn read_current_user(username: Depends<get_current_username>) -> Value {
        json!({"username": *username})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_current_user])
    }
}
