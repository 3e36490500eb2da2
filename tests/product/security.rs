//! Security schemes: what is read, what is refused, what the document says.

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Error;
use versify::{
    Service, StartFault,
    prelude::*,
    security::{ApiKey, Auth, HttpBasic, HttpBearer, HttpDigest, OAuth2, OpenIdConnect, SecurityScheme},
};

use crate::{
    client::{get, post, send},
    websockets::{self, read},
};

macro_rules! schemes {
    ($($name:ident: $kind:ty = $scheme:expr;)*) => {$(
        pub struct $name;

        impl SecurityScheme for $name {
            type Kind = $kind;
            const SCHEME: $kind = $scheme;
        }
    )*};
}

schemes! {
    HeaderKey: ApiKey = ApiKey::header("X-Key");
    QueryKey: ApiKey = ApiKey::query("key");
    CookieKey: ApiKey = ApiKey::cookie("key");
    Realm: HttpBasic = HttpBasic::new().realm("simple");
    Jwt: HttpBearer = HttpBearer::new().format("JWT");
    Password: OAuth2 = OAuth2::password("token").scopes(&[("me", "Me."), ("items", "Items.")]);
    Code: OAuth2 = OAuth2::authorization_code("authorize", "token").refresh_url("refresh");
    Client: OAuth2 = OAuth2::client_credentials("token");
    Connect: OpenIdConnect = OpenIdConnect::new("/openid");
}

macro_rules! operations {
    ($($path:literal $name:ident $optional:ident: $scheme:ident, $show:expr;)*) => {
        $(
            #[get($path)]
            async fn $name(credentials: Auth<$scheme>) -> String {
                let show: fn(&<<$scheme as SecurityScheme>::Kind as versify::security::SchemeKind>::Credentials) -> String = $show;
                show(&credentials)
            }

            #[get($path, operation_id = $path)]
            async fn $optional(credentials: Option<Auth<$scheme>>) -> Option<String> {
                let show: fn(&<<$scheme as SecurityScheme>::Kind as versify::security::SchemeKind>::Credentials) -> String = $show;
                credentials.map(|credentials| show(&credentials))
            }
        )*

        /// The same over WebSockets.
        mod sockets {
            use super::*;

            $(
                #[websocket($path)]
                pub async fn $name(credentials: Auth<$scheme>, mut socket: WebSocket) -> Result<()> {
                    let show: fn(&<<$scheme as SecurityScheme>::Kind as versify::security::SchemeKind>::Credentials) -> String = $show;
                    Ok(socket.send_text(show(&credentials)).await?)
                }

                #[websocket($path)]
                pub async fn $optional(credentials: Option<Auth<$scheme>>, mut socket: WebSocket) -> Result<()> {
                    let show: fn(&<<$scheme as SecurityScheme>::Kind as versify::security::SchemeKind>::Credentials) -> String = $show;
                    let shown = credentials.map_or("nothing".to_owned(), |credentials| show(&credentials));
                    Ok(socket.send_text(shown).await?)
                }
            )*
        }

        fn app() -> Service {
            let sockets = Router::new().routes(routes![$(sockets::$name),*]);
            let optional = Router::new().prefix("/optional").routes(routes![$(sockets::$optional),*]);
            App::new("security", "1")
                .routes(routes![$($name),*])
                .include(Router::new().prefix("/optional").routes(routes![$($optional),*]))
                .include(sockets)
                .include(optional)
                .build()
                .unwrap()
        }
    };
}

operations! {
    "/header" header header_optional: HeaderKey, |key| key.clone();
    "/query" query query_optional: QueryKey, |key| key.clone();
    "/cookie" cookie cookie_optional: CookieKey, |key| key.clone();
    "/basic" basic basic_optional: HttpBasic, |user| format!("{} {}", user.username, user.password);
    "/realm" realm realm_optional: Realm, |user| user.username.clone();
    "/bearer" bearer bearer_optional: HttpBearer, |token| format!("{} {}", token.scheme, token.credentials);
    "/jwt" jwt jwt_optional: Jwt, |token| token.credentials.clone();
    "/digest" digest digest_optional: HttpDigest, |token| token.credentials.clone();
    "/password" password password_optional: Password, |token| token.clone();
    "/code" code code_optional: Code, |token| token.clone();
    "/client" client client_optional: Client, |token| token.clone();
    "/connect" connect connect_optional: Connect, |token| token.clone();
}

#[tokio::test]
async fn credentials_are_read_or_asked_for() {
    let app = app();
    for (path, name, value, expected) in credentials() {
        let answer = send(&app, "GET", path, &[(name, value)], ()).await;
        let optional = send(&app, "GET", &format!("/optional{path}"), &[(name, value)], ()).await;
        match expected {
            Ok(shown) => {
                assert_eq!(answer.json(), *shown, "{path} {value}");
                assert_eq!(optional.json(), *shown, "{path} {value}");
            }
            Err(challenge) => {
                assert_eq!((answer.status, answer.header("www-authenticate")), (401, *challenge), "{path} {value}");
                assert_eq!(answer.body, r#"{"detail":"Not authenticated"}"#);
                // What is none of its kind is refused even where it is optional.
                let malformed = value.starts_with("Basic") && path.starts_with("/basic");
                assert_eq!(optional.status, if malformed { 401 } else { 200 }, "{path} {value}");
            }
        }
    }
}

/// A WebSocket is refused before the handshake, with the answer that a request would get.
#[tokio::test]
async fn credentials_are_read_or_asked_for_over_websockets() {
    let app = app();
    for (path, name, value, expected) in credentials() {
        let headers = [(*name, *value)];
        let answer = websockets::connect(&app, path, &headers).await;
        let optional = websockets::connect(&app, &format!("/optional{path}"), &headers).await;
        match expected {
            Ok(shown) => {
                assert_eq!(read(&mut answer.unwrap().0).await, *shown, "{path} {value}");
                assert_eq!(read(&mut optional.unwrap().0).await, *shown, "{path} {value}");
            }
            Err(challenge) => {
                assert_eq!(refusal(answer), (401, (*challenge).to_owned()), "{path} {value}");
                match value.starts_with("Basic") && path.starts_with("/basic") {
                    true => assert_eq!(refusal(optional), (401, (*challenge).to_owned()), "{path} {value}"),
                    false => assert_eq!(read(&mut optional.unwrap().0).await, "nothing", "{path} {value}"),
                }
            }
        }
    }
}

/// The status and the challenge.
fn refusal<T>(answer: Result<T, Error>) -> (u16, String) {
    let Err(Error::Http(response)) = answer else { panic!("no refusal") };
    let body = response.body().as_deref().map(String::from_utf8_lossy);
    assert_eq!(body.as_deref(), Some(r#"{"detail":"Not authenticated"}"#));
    let challenge = response.headers().get("www-authenticate").map(|value| value.to_str().unwrap().to_owned());
    (response.status().as_u16(), challenge.unwrap_or_default())
}

/// Path, header, its value, what is answered: a value, or the challenge of a 401.
type Credentials = (&'static str, &'static str, &'static str, Result<&'static str, &'static str>);

fn credentials() -> &'static [Credentials] {
    const BASIC: &str = "basic am9objpzZWM6cmV0";
    &[
        ("/header", "x-key", "k", Ok("k")),
        ("/header", "x-key", "", Err("APIKey")),
        ("/header", "x-other", "k", Err("APIKey")),
        ("/query?key=k", "a", "b", Ok("k")),
        ("/query?key=", "a", "b", Err("APIKey")),
        ("/query", "a", "b", Err("APIKey")),
        ("/cookie", "cookie", "key=k; other=1", Ok("k")),
        ("/cookie", "cookie", "other=1", Err("APIKey")),
        ("/basic", "authorization", BASIC, Ok("john sec:ret")),
        ("/basic", "authorization", "Basic", Err("Basic")),
        ("/basic", "authorization", "Basic notbase64!", Err("Basic")),
        ("/basic", "authorization", "Basic am9obg==", Err("Basic")),
        ("/basic", "authorization", "Bearer x", Err("Basic")),
        ("/realm", "a", "b", Err("Basic realm=\"simple\"")),
        ("/bearer", "authorization", "Bearer x", Ok("Bearer x")),
        ("/bearer", "authorization", "bearer  x ", Ok("bearer x")),
        ("/bearer", "authorization", "Bearer", Err("Bearer")),
        ("/bearer", "authorization", "Basic x", Err("Bearer")),
        ("/jwt", "authorization", "Bearer x.y", Ok("x.y")),
        ("/digest", "authorization", "Digest u=1", Ok("u=1")),
        ("/digest", "authorization", "Other u=1", Err("Digest")),
        ("/password", "authorization", "Bearer x", Ok("x")),
        ("/password", "authorization", "Nonexistent x", Err("Bearer")),
        ("/password", "a", "b", Err("Bearer")),
        ("/code", "authorization", "Bearer x", Ok("x")),
        ("/client", "authorization", "Bearer x", Ok("x")),
        ("/connect", "authorization", "Other x", Ok("Other x")),
        ("/connect", "a", "b", Err("Bearer")),
    ]
}

#[test]
fn the_document_names_the_schemes() {
    let document: Value = serde_json::from_slice(app().openapi()).unwrap();
    let schemes = &document["components"]["securitySchemes"];
    assert_eq!(
        *schemes,
        json!({
            "HeaderKey": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "QueryKey": {"type": "apiKey", "in": "query", "name": "key"},
            "CookieKey": {"type": "apiKey", "in": "cookie", "name": "key"},
            "HTTPBasic": {"type": "http", "scheme": "basic"},
            "Realm": {"type": "http", "scheme": "basic"},
            "HTTPBearer": {"type": "http", "scheme": "bearer"},
            "Jwt": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            "HTTPDigest": {"type": "http", "scheme": "digest"},
            "Password": {"type": "oauth2", "flows": {"password": {
                "scopes": {"me": "Me.", "items": "Items."}, "tokenUrl": "token",
            }}},
            "Code": {"type": "oauth2", "flows": {"authorizationCode": {
                "scopes": {}, "authorizationUrl": "authorize", "tokenUrl": "token", "refreshUrl": "refresh",
            }}},
            "Client": {"type": "oauth2", "flows": {"clientCredentials": {"scopes": {}, "tokenUrl": "token"}}},
            "Connect": {"type": "openIdConnect", "openIdConnectUrl": "/openid"},
        })
    );
    assert_eq!(document["paths"]["/optional/header"]["get"]["security"], json!([{"HeaderKey": []}]));
    assert!(document["paths"]["/header"]["get"].get("parameters").is_none());
}

#[model]
struct Item {
    price: f64,
}

#[dependency]
async fn user(token: Auth<Password>) -> String {
    token.into_inner()
}

#[post("/items/{id}")]
async fn create(
    id: u32,
    item: Item,
    #[depends(scopes = ["items", "me"])] user: Depends<user>,
    #[depends(scopes = ["me", "admin"])] again: Depends<user>,
) -> (u32, f64, bool) {
    (id, item.price, *user == *again)
}

#[get("/guarded", dependencies = [user("guarded")])]
async fn guarded() {}

#[tokio::test]
async fn who_is_not_known_gets_no_list_of_faults() {
    let app = App::new("order", "1").routes(routes![create, guarded]).build().unwrap();
    assert_eq!(post(&app, "/items/x", r#"{"price": "x"}"#).await.status, 401);
    assert_eq!(post(&app, "/items/x", "{").await.faults(), ["json_invalid@body.1"]);
    let headers = [("authorization", "Bearer x"), ("content-type", "application/json")];
    let answer = send(&app, "POST", "/items/x", &headers, r#"{"price": "x"}"#).await;
    assert_eq!(answer.faults(), ["int_parsing@path.id", "float_parsing@body.price"]);
    assert_eq!(send(&app, "POST", "/items/1", &headers, r#"{"price": 2}"#).await.json(), json!([1, 2.0, true]));
    assert_eq!(get(&app, "/guarded").await.status, 401);

    let document: Value = serde_json::from_slice(app.openapi()).unwrap();
    assert_eq!(document["paths"]["/items/{id}"]["post"]["security"], json!([{"Password": ["items", "me", "admin"]}]));
    assert_eq!(document["paths"]["/guarded"]["get"]["security"], json!([{"Password": ["guarded"]}]));
}

mod other {
    use super::*;

    schemes! { HeaderKey: ApiKey = ApiKey::header("X-Other"); }

    #[get("/other")]
    pub async fn other(_key: Auth<HeaderKey>) {}
}

#[test]
fn two_schemes_of_one_name_are_a_fault() {
    let error = App::new("twice", "1").routes(routes![header, other::other]).build().unwrap_err();
    assert!(matches!(error.faults(), [StartFault::SecurityScheme { name: "HeaderKey", .. }]), "{error}");
    for function in ["header", "other"] {
        assert!(error.to_string().contains(&format!("- {function} (tests/product/security.rs:")), "{error}");
    }
}
