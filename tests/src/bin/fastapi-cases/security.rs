use super::Case;

pub const CASES: &[Case] = &[
    ("security.tutorial001", tutorial001::app),
    ("security.tutorial003", tutorial003::app),
    ("security.tutorial005", tutorial005::app),
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

mod tutorial005 {
    use std::{
        collections::HashMap,
        sync::LazyLock,
        time::{Duration, SystemTime},
    };

    use argon2::{
        Argon2,
        password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
    };
    use jsonwebtoken::{DecodingKey, EncodingKey, Header, Validation};
    use versify::{
        SecurityScopes,
        poem::http::{HeaderValue, header::WWW_AUTHENTICATE},
        prelude::*,
        security::{Auth, OAuth2, OAuth2PasswordRequestForm, SecurityScheme},
    };

    // To get a text like this run: openssl rand -hex 32
    const SECRET_KEY: &[u8] = b"09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7";
    const ACCESS_TOKEN_EXPIRE: Duration = Duration::from_secs(30 * 60);

    static FAKE_USERS_DB: LazyLock<HashMap<&str, UserInDb>> = LazyLock::new(|| {
        let user = |username: &str, full_name: &str, email: &str, hashed_password: &str, disabled| UserInDb {
            user: User {
                username: username.to_owned(),
                email: Some(email.to_owned()),
                full_name: Some(full_name.to_owned()),
                disabled: Some(disabled),
            },
            hashed_password: hashed_password.to_owned(),
        };
        let john = "$argon2id$v=19$m=65536,t=3,p=4$wagCPXjifgvUFBzq4hqe3w$CYaIb8sB+wtD+Vu/P4uod1+Qof8h+1g7bbDlBID48Rc";
        let alice = "$argon2id$v=19$m=65536,t=3,p=4$g2/AV1zwopqUntPKJavBFw$BwpRGDCyUHLvHICnwijyX8ROGoiUPwNKZ7915MeYfCE";
        HashMap::from([
            ("johndoe", user("johndoe", "John Doe", "johndoe@example.com", john, false)),
            ("alice", user("alice", "Alice Chains", "alicechains@example.com", alice, true)),
        ])
    });

    #[model]
    struct Token {
        access_token: String,
        token_type: String,
    }

    #[model]
    #[derive(Clone)]
    struct User {
        username: String,
        email: Option<String>,
        full_name: Option<String>,
        disabled: Option<bool>,
    }

    #[derive(Clone)]
    struct UserInDb {
        user: User,
        hashed_password: String,
    }

    /// What is in a token.
    #[model]
    struct Claims {
        sub: String,
        #[field(default)]
        scope: String,
        exp: u64,
    }

    struct OAuth2PasswordBearer;

    impl SecurityScheme for OAuth2PasswordBearer {
        type Kind = OAuth2;
        const SCHEME: OAuth2 = OAuth2::password("token")
            .scopes(&[("me", "Read information about the current user."), ("items", "Read items.")]);
    }

    fn verify_password(plain_password: &str, hashed_password: &str) -> bool {
        PasswordHash::new(hashed_password)
            .is_ok_and(|hash| Argon2::default().verify_password(plain_password.as_bytes(), &hash).is_ok())
    }

    fn get_password_hash(password: &str) -> String {
        Argon2::default().hash_password(password.as_bytes()).unwrap().to_string()
    }

    static DUMMY_HASH: LazyLock<String> = LazyLock::new(|| get_password_hash("dummypassword"));

    fn authenticate_user(username: &str, password: &str) -> Option<&'static UserInDb> {
        let user = FAKE_USERS_DB.get(username);
        // An unknown user takes as long as a wrong password.
        let hash = user.map_or(&*DUMMY_HASH, |user| &user.hashed_password);
        user.filter(|_| verify_password(password, hash))
    }

    fn create_access_token(username: &str, scope: &str) -> Result<String> {
        let expire = (SystemTime::now() + ACCESS_TOKEN_EXPIRE).duration_since(SystemTime::UNIX_EPOCH)?;
        let claims = Claims { sub: username.to_owned(), scope: scope.to_owned(), exp: expire.as_secs() };
        Ok(jsonwebtoken::encode(&Header::default(), &claims, &EncodingKey::from_secret(SECRET_KEY))?)
    }

    #[dependency]
    async fn get_current_user(security_scopes: SecurityScopes, token: Auth<OAuth2PasswordBearer>) -> Result<User> {
        let authenticate_value = match security_scopes.is_empty() {
            true => "Bearer".to_owned(),
            false => format!("Bearer scope=\"{}\"", security_scopes.scope_str()),
        };
        let authenticate_value = HeaderValue::try_from(authenticate_value)?;
        let unauthorized = |detail| HttpError::new(401, detail).header(WWW_AUTHENTICATE, authenticate_value.clone());
        let key = DecodingKey::from_secret(SECRET_KEY);
        let claims = match jsonwebtoken::decode::<Claims>(token.as_str(), &key, &Validation::default()) {
            Ok(token) => token.claims,
            Err(_) => return Err(unauthorized("Could not validate credentials")),
        };
        let Some(user) = FAKE_USERS_DB.get(claims.sub.as_str()) else {
            return Err(unauthorized("Could not validate credentials"));
        };
        if !security_scopes.iter().all(|scope| claims.scope.split(' ').any(|own| own == scope)) {
            return Err(unauthorized("Not enough permissions"));
        }
        Ok(user.user.clone())
    }

    #[dependency]
    async fn get_current_active_user(
        #[depends(scopes = ["me"])] current_user: Depends<get_current_user>,
    ) -> Result<User> {
        match current_user.disabled {
            Some(true) => Err(HttpError::new(400, "Inactive user")),
            _ => Ok(User::clone(&current_user)),
        }
    }

    // No `async`: hashing takes its time, which the blocking pool has.
    #[post("/token")]
    fn login_for_access_token(form_data: OAuth2PasswordRequestForm) -> Result<Token> {
        match authenticate_user(&form_data.username, &form_data.password) {
            None => Err(HttpError::new(400, "Incorrect username or password")),
            Some(user) => Ok(Token {
                access_token: create_access_token(&user.user.username, &form_data.scope)?,
                token_type: "bearer".to_owned(),
            }),
        }
    }

    #[get("/users/me/")]
    async fn read_users_me(current_user: Depends<get_current_active_user>) -> User {
        User::clone(&current_user)
    }

    #[get("/users/me/items/")]
    async fn read_own_items(#[depends(scopes = ["items"])] current_user: Depends<get_current_active_user>) -> Value {
        json!([{"item_id": "Foo", "owner": current_user.username}])
    }

    #[get("/status/", dependencies = [get_current_user])]
    async fn read_system_status() -> Value {
        json!({"status": "ok"})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![
            login_for_access_token,
            read_users_me,
            read_own_items,
            read_system_status,
        ])
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
