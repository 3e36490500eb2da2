//! Where operations, mounts and pages are, as a client sees them.

use serde_json::json;
use versify::{AppUrl, RootPath, Service, TrustedProxies, UrlError, Urls, poem::endpoint::make_sync, prelude::*};

use crate::client::send;

#[get("/items/{item_id}")]
async fn read_item(item_id: String) -> String {
    item_id
}

#[get("/users/{user_id}/files/{path:path}")]
async fn read_file(user_id: u64, path: String) -> String {
    format!("{user_id} {path}")
}

#[websocket("/chat/{room}")]
async fn chat(room: String, mut socket: WebSocket) -> Result<()> {
    Ok(socket.send_text(room).await?)
}

/// Of another module, with a function of the same name.
mod other {
    use versify::prelude::*;

    #[get("/other/{id}")]
    pub async fn read_item(id: u64) -> u64 {
        id
    }
}

/// Asks for a URL by name, with the query for parameters.
#[get("/named/{name}")]
async fn named(urls: Urls, name: String, #[query(default)] given: Vec<String>) -> Result<Value> {
    let pairs = given.iter().filter_map(|pair| pair.split_once('=')).collect::<Vec<_>>();
    let url = urls.named(&name, pairs)?;
    Ok(json!([url, url.path()]))
}

#[get("/typed")]
async fn typed(urls: Urls) -> Result<Value> {
    let urls = [
        urls.of::<read_item>([("item_id", "a b")])?,
        urls.of::<other::read_item>([("id", 7)])?,
        urls.of::<read_file>((("user_id", 3), ("path", "a/b.txt")))?.query([("page", "2&3")]),
        urls.of::<typed>(())?,
    ];
    Ok(json!(urls))
}

#[dependency]
async fn here(urls: Urls) -> Result<AppUrl, HttpError> {
    Ok(urls.of::<in_dependency>(())?)
}

#[get("/in-dependency")]
async fn in_dependency(here: Depends<here>) -> String {
    here.to_string()
}

#[get("/inner/{id}")]
async fn inner(id: u64) -> u64 {
    id
}

/// Of its own app and of the app around it.
#[get("/look")]
async fn look(urls: Urls) -> Result<Value> {
    Ok(json!([urls.of::<inner>([("id", 1)])?, urls.of::<read_item>([("item_id", 1)])?, urls.named("look", ())?]))
}

fn app() -> App {
    let deep = Router::new().prefix("/v1/{tenant}").routes(routes![inner]);
    App::new("urls", "1")
        .routes(routes![read_item, other::read_item, read_file, chat, named, typed, in_dependency])
        .include(deep)
        .mount("/static", make_sync(|_| "file"))
        .mount_named("assets", "/deep/er", make_sync(|_| "file"))
        .mount_app("/sub", App::new("sub", "1").routes(routes![inner, look]))
}

#[tokio::test]
async fn urls_by_name() {
    let service = app().trusted_proxies(TrustedProxies::all()).build().unwrap();
    let host = ("host", "shop.example");
    for (query, headers, expected) in [
        ("read_item?given=item_id=%C3%A4/", &[host][..], Err(())),
        ("read_item?given=item_id=%C3%A4", &[host], Ok(["http://shop.example/items/%C3%A4", "/items/%C3%A4"])),
        (
            "read_item?given=item_id=1",
            &[host, ("x-forwarded-proto", "https")],
            Ok(["https://shop.example/items/1", "/items/1"]),
        ),
        // The first of the name that takes the parameters.
        ("read_item?given=id=1", &[host], Ok(["http://shop.example/other/1", "/other/1"])),
        ("chat?given=room=a", &[host], Ok(["ws://shop.example/chat/a", "/chat/a"])),
        ("chat?given=room=a", &[host, ("x-forwarded-proto", "wss")], Ok(["wss://shop.example/chat/a", "/chat/a"])),
        ("static?given=path=/a%20b.css", &[host], Ok(["http://shop.example/static/a%20b.css", "/static/a%20b.css"])),
        ("assets?given=path=a.css", &[host], Ok(["http://shop.example/deep/er/a.css", "/deep/er/a.css"])),
        ("inner?given=tenant=t&given=id=2", &[host], Ok(["http://shop.example/v1/t/inner/2", "/v1/t/inner/2"])),
        ("inner?given=id=2", &[host], Ok(["http://shop.example/sub/inner/2", "/sub/inner/2"])),
        ("sub:look", &[host], Ok(["http://shop.example/sub/look", "/sub/look"])),
        ("look", &[host], Ok(["http://shop.example/sub/look", "/sub/look"])),
        ("openapi", &[host], Ok(["http://shop.example/openapi.json", "/openapi.json"])),
        ("swagger_ui_html", &[host], Ok(["http://shop.example/docs", "/docs"])),
        // Nothing that a client sends stands in a page unseen.
        ("openapi", &[("host", "x\"><script>")], Ok(["/openapi.json", "/openapi.json"])),
        ("openapi", &[], Ok(["/openapi.json", "/openapi.json"])),
        ("nothing", &[host], Err(())),
        ("read_item", &[host], Err(())),
        ("static", &[host], Err(())),
    ] {
        let answer = send(&service, "GET", &format!("/named/{query}"), headers, ()).await;
        match expected {
            Ok(expected) => assert_eq!(answer.json(), json!(expected), "{query} {headers:?}"),
            // A fault of the program, of which a client learns nothing.
            Err(()) => assert_eq!((answer.status, answer.body.as_str()), (500, "Internal Server Error"), "{query}"),
        }
    }
}

#[tokio::test]
async fn urls_by_operation() {
    let service = app().root_path("/api").build().unwrap();
    let ask = async |uri: &str| send(&service, "GET", uri, &[("host", "x.org")], ()).await;
    let expected = [
        "http://x.org/api/items/a%20b",
        "http://x.org/api/other/7",
        "http://x.org/api/users/3/files/a/b.txt?page=2%263",
        "http://x.org/api/typed",
    ];
    assert_eq!(ask("/typed").await.json(), json!(expected));
    assert_eq!(ask("/in-dependency").await.json(), "http://x.org/api/in-dependency");
    let expected = ["http://x.org/api/sub/inner/1", "http://x.org/api/items/1", "http://x.org/api/sub/look"];
    assert_eq!(ask("/sub/look").await.json(), json!(expected));
}

#[test]
fn urls_without_a_request() {
    let service: Service = app().build().unwrap();
    for (base, expected) in [
        ("https://x.org", "https://x.org/items/1"),
        ("https://x.org/", "https://x.org/items/1"),
        ("https://x.org/api/v1/", "https://x.org/api/v1/items/1"),
        ("", "/items/1"),
    ] {
        assert_eq!(service.urls(base).of::<read_item>([("item_id", 1)]).unwrap().as_str(), expected, "{base}");
    }
    assert_eq!(RootPath::new("/api/").as_str(), "/api");
}

#[test]
fn what_is_wrong_is_said() {
    let urls = app().build().unwrap().urls("http://x.org");
    for (error, expected) in [
        (urls.of::<read_item>(()), "the path of `read_item` is `/items/{item_id}`: give a value for `item_id`"),
        (
            urls.of::<read_item>((("item_id", 1), ("q", 2))),
            "the path of `read_item` is `/items/{item_id}`; it has no parameter `q`",
        ),
        (
            urls.of::<read_item>([("item_id", "a/b")]),
            "the value of `item_id` cannot stand in the path `/items/{item_id}`: it has a slash, which only a `:path` \
             parameter takes",
        ),
        (
            urls.of::<look_alike>(()),
            "`look_alike` is not among the app's operations: add it with `.routes(routes![look_alike])`",
        ),
    ] {
        assert_eq!(error.unwrap_err().to_string(), expected);
    }
    match urls.named("read_itme", ()).unwrap_err() {
        UrlError::UnknownName { known, .. } => {
            for name in ["read_item", "chat", "static", "assets", "sub:look", "redoc_html"] {
                assert!(known.contains(&name.to_owned()), "{name}: {known:?}");
            }
        }
        other => panic!("{other}"),
    }
}

#[get("/look-alike")]
async fn look_alike() {}
