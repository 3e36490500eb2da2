//! Middleware on apps, routers and operations; endpoints and apps that are mounted.

use serde_json::{Value, json};
use versify::{
    RootPath, Service,
    middleware::Next,
    poem::{Request, Response, endpoint::make_sync, http::StatusCode, middleware::SetHeader},
    prelude::*,
};

use crate::client::{Answer, get, post, send};

/// Writes its name into the response, before what is there.
async fn mark(name: &'static str, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let before = response.header("x-order").unwrap_or_default().to_owned();
    let order = format!("{name} {before}").trim().to_owned();
    response.headers_mut().insert("x-order", order.parse().unwrap());
    response
}

async fn of_operation(request: Request, next: Next) -> Response {
    mark("operation", request, next).await
}

async fn of_operation_too(request: Request, next: Next) -> Response {
    mark("operation-outer", request, next).await
}

#[get("/items/{id}", middleware = [of_operation_too, of_operation])]
async fn read_item(id: String) -> String {
    id
}

#[get("/plain")]
async fn plain() -> &'static str {
    "plain"
}

fn ordered() -> Service {
    App::new("order", "1")
        .middleware(async |request, next| mark("app", request, next).await)
        .middleware(async |request, next| mark("app-outer", request, next).await)
        .layer(SetHeader::new().appending("x-poem", "1"))
        .routes(routes![plain])
        .include(
            Router::new()
                .prefix("/r")
                .middleware(async |request, next| mark("router", request, next).await)
                .routes(routes![read_item]),
        )
        .build()
        .unwrap()
}

#[tokio::test]
async fn middleware_goes_from_the_app_to_the_operation() {
    let app = ordered();
    for (uri, status, order) in [
        ("/plain", 200, "app-outer app"),
        ("/r/items/a%2Fb?x=1", 404, "app-outer app"),
        ("/r/items/%C3%A9?x=1", 200, "app-outer app router operation-outer operation"),
        ("/nothing", 404, "app-outer app"),
        ("/docs", 200, "app-outer app"),
    ] {
        let answer = get(&app, uri).await;
        assert_eq!((answer.status, answer.header("x-order")), (status, order), "{uri}");
        assert_eq!(answer.header("x-poem"), "1");
    }
    assert_eq!(get(&app, "/r/items/%C3%A9").await.json(), "é");
}

/// Replaces the body, as one that decompresses would.
async fn doubled(mut request: Request, next: Next) -> Result<Response> {
    let body = request.take_body().into_string().await?;
    if body.is_empty() {
        return Err(HttpError::new(418, "no body"));
    }
    request.set_body(format!("[{body},{body}]"));
    Ok(next.run(request).await)
}

#[post("/sum", middleware = [doubled])]
async fn sum(numbers: Vec<u32>) -> u32 {
    numbers.iter().sum()
}

#[get("/panics", middleware = [panics])]
async fn panicking() {}

async fn panics(_: Request, _: Next) -> Response {
    panic!("in a middleware")
}

#[tokio::test]
async fn middleware_may_replace_the_body_answer_and_panic() {
    let app = App::new("bodies", "1").routes(routes![sum, panicking]).build().unwrap();
    assert_eq!(post(&app, "/sum", "4").await.json(), 8);
    assert_eq!(post(&app, "/sum", "x").await.faults(), ["json_invalid@body.1"]);
    assert_eq!(post(&app, "/sum", "").await.status, 418);
    let answer = get(&app, "/panics").await;
    assert_eq!((answer.status, answer.body.as_str()), (500, "Internal Server Error"));
}

#[get("/sub")]
async fn read_sub(root: RootPath) -> String {
    root.as_str().to_owned()
}

#[tokio::test]
async fn endpoints_and_apps_are_mounted() {
    let echo = make_sync(|request: Request| format!("{} {}", request.uri(), RootPath::of(&request).as_str()));
    let teapot = make_sync(|_| StatusCode::IM_A_TEAPOT);
    let app = App::new("main", "1")
        .routes(routes![plain])
        .mount("/echo", echo)
        .include(Router::new().prefix("/deep").mount("/tea", teapot))
        .mount_app(
            "/subapi",
            App::new("sub", "2")
                .routes(routes![read_sub, sum])
                .mount_app("/inner", App::new("inner", "3").routes(routes![read_sub])),
        )
        .build()
        .unwrap();
    for (uri, status, body) in [
        ("/echo/a/b?c=d", 200, "/a/b?c=d /echo"),
        ("/echo/", 200, "/ /echo"),
        ("/echoes", 404, r#"{"detail":"Not Found"}"#),
        ("/deep/tea/x", 418, ""),
        ("/plain", 200, "\"plain\""),
        ("/subapi/sub", 200, "\"/subapi\""),
        ("/subapi/inner/sub", 200, "\"/subapi/inner\""),
        ("/subapi/nothing", 404, r#"{"detail":"Not Found"}"#),
    ] {
        let answer = get(&app, uri).await;
        assert_eq!((answer.status, answer.body.as_str()), (status, body), "{uri}");
    }
    for (uri, location) in [
        ("/echo", "http://h/echo/"),
        ("/subapi", "http://h/subapi/"),
        ("/subapi/sub/", "http://h/subapi/sub"),
        ("/plain/?q=1", "http://h/plain?q=1"),
    ] {
        let answer = send(&app, "GET", uri, &[("host", "h")], ()).await;
        assert_eq!((answer.status, answer.header("location")), (307, location), "{uri}");
    }
    let document: Value = get(&app, "/subapi/openapi.json").await.json();
    assert_eq!(document["info"]["title"], "sub");
    let document: Value = serde_json::from_slice(app.openapi()).unwrap();
    assert_eq!(document["paths"].as_object().unwrap().keys().collect::<Vec<_>>(), ["/plain"]);
}

#[test]
fn faults_of_mounted_apps_keep_all_from_starting() {
    let sub = App::new("sub", "1").routes(routes![plain, plain]);
    let error = App::new("main", "1").mount_app("/sub", sub).mount("bad", make_sync(|_| "")).build().unwrap_err();
    assert_eq!(error.faults().len(), 3, "{error}");
}

#[tokio::test]
async fn a_proxy_may_take_a_prefix_away() {
    let app = App::new("proxied", "1").root_path("/api/v1").routes(routes![read_sub]).build().unwrap();
    for uri in ["/sub", "/api/v1/sub"] {
        assert_eq!(get(&app, uri).await.json(), json!("/api/v1"));
    }
    let answer: Answer = send(&app, "GET", "/sub/", &[("host", "h")], ()).await;
    assert_eq!(answer.header("location"), "http://h/api/v1/sub");
}
