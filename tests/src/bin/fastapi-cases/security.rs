use super::Case;

pub const CASES: &[Case] = &[
    ("security.tutorial001", tutorial001::app),
    ("security.tutorial003", tutorial003::app),
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

mod tutorial003 {
    use std::{collections::HashMap, sync::LazyLock};

    use versify::{
        poem::http::{HeaderValue, header::WWW_AUTHENTICATE},
        prelude::*,
        security::{Auth, OAuth2, OAuth2PasswordRequestForm, SecurityScheme},
    };

    static FAKE_USERS_DB: LazyLock<HashMap<&str, UserInDb>> = LazyLock::new(|| {
        let user = |username: &str, full_name: &str, hashed_password: &str, disabled| UserInDb {
            user: User {
                username: username.to_owned(),
                email: Some(format!("{username}@example.com")),
                full_name: Some(full_name.to_owned()),
                disabled: Some(disabled),
            },
            hashed_password: hashed_password.to_owned(),
        };
        HashMap::from([
            ("johndoe", user("johndoe", "John Doe", "fakehashedsecret", false)),
            ("alice", user("alice", "Alice Wonderson", "fakehashedsecret2", true)),
        ])
    });

    fn fake_hash_password(password: &str) -> String {
        format!("fakehashed{password}")
    }

    struct OAuth2PasswordBearer;

    impl SecurityScheme for OAuth2PasswordBearer {
        type Kind = OAuth2;
        const SCHEME: OAuth2 = OAuth2::password("token");
    }

    #[model]
    #[derive(Clone)]
    struct User {
        username: String,
        email: Option<String>,
        full_name: Option<String>,
        disabled: Option<bool>,
    }

    #[model]
    #[derive(Clone)]
    struct UserInDb {
        #[field(flatten)]
        user: User,
        hashed_password: String,
    }

    /// This doesn't provide any security at all. Check the next version.
    fn fake_decode_token(token: &str) -> Option<UserInDb> {
        FAKE_USERS_DB.get(token).cloned()
    }

    #[dependency]
    async fn get_current_user(token: Auth<OAuth2PasswordBearer>) -> Result<UserInDb> {
        fake_decode_token(&token).ok_or_else(|| {
            HttpError::new(401, "Not authenticated").header(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
        })
    }

    #[dependency]
    async fn get_current_active_user(current_user: Depends<get_current_user>) -> Result<UserInDb> {
        if current_user.user.disabled == Some(true) {
            return Err(HttpError::new(400, "Inactive user"));
        }
        Ok(UserInDb::clone(&current_user))
    }

    #[post("/token")]
    async fn login(form_data: OAuth2PasswordRequestForm) -> Result<Value> {
        let incorrect = || HttpError::new(400, "Incorrect username or password");
        let user = FAKE_USERS_DB.get(form_data.username.as_str()).ok_or_else(incorrect)?;
        if fake_hash_password(&form_data.password) != user.hashed_password {
            return Err(incorrect());
        }
        Ok(json!({"access_token": user.user.username, "token_type": "bearer"}))
    }

    #[get("/users/me")]
    async fn read_users_me(current_user: Depends<get_current_active_user>) -> Value {
        json!(*current_user)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![login, read_users_me])
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
