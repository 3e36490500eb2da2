//! `App::test`: what a test's client does, and what it says when something is not as expected.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use futures_util::{FutureExt, StreamExt};
use versify::{
    Cookie, Lifespan, NoContent, Redirect, UploadFile,
    poem::{Request, http::Method},
    prelude::*,
    testing::{TestForm, TestFormField},
};

#[model]
struct Item {
    #[field(min_length = 2)]
    name: String,
    #[field(default)]
    tags: Vec<String>,
}

#[post("/items", status = 201)]
async fn create_item(item: Item, #[header] x_token: String, #[query] q: Vec<String>) -> Value {
    json!([item.name, item.tags, x_token, q])
}

#[post("/form")]
async fn read_form(#[form] name: String, #[form] tags: Vec<String>) -> Value {
    json!([name, tags])
}

#[post("/files")]
async fn read_files(#[file] file: UploadFile, #[form] note: String) -> Result<Value> {
    Ok(json!([file.file_name(), file.size(), note]))
}

#[route("/echo", method = [GET, POST, PUT])]
async fn echo(request: &Request, #[body(default)] body: Option<Value>) -> Value {
    json!([request.method().as_str(), request.header("host"), request.header("content-type"), body])
}

#[post("/moved/{status}")]
async fn moved(status: u16) -> Response<Redirect> {
    Response::new(Redirect::to("/echo")).status(status)
}

#[get("/round")]
async fn round() -> Redirect {
    Redirect::to("round")
}

#[get("/away")]
async fn away() -> Redirect {
    Redirect::to("https://example.com/")
}

#[get("/login")]
async fn login() -> Response<Redirect> {
    Response::new(Redirect::to("/me")).cookie(Cookie::new("user", "rick"))
}

#[get("/logout")]
async fn logout() -> Response<NoContent> {
    Response::new(NoContent).cookie(Cookie::new("user", "").max_age(std::time::Duration::ZERO))
}

#[get("/me")]
async fn me(#[cookie] user: Option<String>) -> Option<String> {
    user
}

#[get("/fails")]
async fn fails() -> Result<()> {
    Err(std::io::Error::other("the disk is full"))?
}

#[get("/ticks")]
async fn ticks() -> JsonLines<impl Stream<Item = u32>> {
    JsonLines::of(0..)
}

#[derive(Clone, Default)]
struct Log(Arc<AtomicU32>);

#[post("/later")]
async fn later(log: State<Log>, tasks: BackgroundTasks) {
    let log = log.0.clone();
    tasks.add_task(async move {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        log.fetch_add(1, Ordering::SeqCst);
    });
}

#[dependency]
async fn user() -> Result<String> {
    Err(HttpError::new(401, "Who are you?"))
}

#[get("/mine")]
async fn mine(user: Depends<user>) -> String {
    user.to_string()
}

#[websocket("/greet/{name}")]
async fn greet(name: String, #[cookie] user: Option<String>, mut socket: WebSocket) -> Result<()> {
    if name == "nobody" {
        Err(HttpError::new(404, "There is nobody"))?;
    }
    socket.accept().await?;
    socket.send_json(&json!({"hello": name, "user": user})).await?;
    let sum: Vec<i64> = serde_json::from_str(&socket.receive_text().await?)?;
    socket.send_text(sum.iter().sum::<i64>().to_string()).await?;
    socket.close(Close::new(4000).reason("done")).await;
    Ok(())
}

fn app() -> App {
    App::new("Tested", "1").state(Log::default()).routes(routes![
        create_item,
        read_form,
        read_files,
        echo,
        moved,
        round,
        away,
        login,
        logout,
        me,
        fails,
        ticks,
        later,
        mine,
        greet,
    ])
}

/// What a failed expectation says.
async fn report(test: impl Future<Output = ()>) -> String {
    let panic = std::panic::AssertUnwindSafe(test).catch_unwind().await.unwrap_err();
    panic.downcast_ref::<String>().unwrap().clone()
}

#[tokio::test]
async fn what_is_sent_arrives() {
    let client = app().test().await.header("x-token", "secret");
    let request = client.post("/items?q=a").query("q", "b & c").query("q", 3);
    request.json(&json!({"name": "Foo"})).send().await.assert_status(201).assert_json(json!([
        "Foo",
        [],
        "secret",
        ["a", "b & c", "3"]
    ]));
    let form = json!({"name": "Foo Bär", "tags": ["a", "b+c"]});
    client.post("/form").form(&form).send().await.assert_json(json!(["Foo Bär", ["a", "b+c"]]));
    let form = TestForm::new()
        .text("note", "hi")
        .field(TestFormField::bytes(*b"12345").name("file").filename("a.txt").content_type("text/plain"));
    client.post("/files").multipart(form).send().await.assert_status(200).assert_json(json!(["a.txt", 5, "hi"]));
    let answer = client.request(Method::PUT, "/echo").header("content-type", "application/json").body("[1]");
    answer.send().await.assert_json(json!(["PUT", "testserver", "application/json", [1]]));
}

#[tokio::test]
async fn redirects_are_followed_as_browsers_do() {
    let client = app().test().await;
    for (status, method, media_type) in [
        (301, "GET", None),
        (302, "GET", None),
        (303, "GET", None),
        (307, "POST", Some("application/json")),
        (308, "POST", Some("application/json")),
    ] {
        let answer = client.post(format!("/moved/{status}")).json(&json!([1])).send().await;
        let body = media_type.map(|_| json!([1]));
        answer.assert_status(200).assert_json(json!([method, "testserver", media_type, body]));
        assert_eq!(answer.path(), "/echo");
    }
    client
        .post("/moved/303")
        .follow_redirects(false)
        .send()
        .await
        .assert_status(303)
        .assert_header("location", "/echo");
    client.get("/away").send().await.assert_status(307).assert_header("location", "https://example.com/");
    // A slash too many: the redirect names the host.
    client.get("/me/").send().await.assert_status(200);
    let client = client.follow_redirects(false);
    client.get("/me/").send().await.assert_status(307).assert_header("location", "http://testserver/me");
    let words = report(async {
        app().test().await.get("/round").send().await;
    });
    assert!(words.await.starts_with("too many redirects: /round -> /round -> "));
}

#[tokio::test]
async fn cookies_are_kept() {
    let client = app().test().await;
    client.get("/me").send().await.assert_json(());
    client.get("/login").send().await.assert_json("rick");
    assert_eq!(client.cookie("user").as_deref(), Some("rick"));
    client.get("/me").send().await.assert_json("rick");
    client.get("/logout").send().await.assert_status(204);
    client.get("/me").send().await.assert_json(());
    client.set_cookie("user", "morty");
    client.get("/me").send().await.assert_json("morty");
    client.clear_cookies();
    client.get("/me").cookie("user", "summer").send().await.assert_json("summer");
    client.get("/me").send().await.assert_json(());
}

#[tokio::test]
async fn what_is_unexpected_is_told() {
    let client = app().test().await;
    let words = report(async {
        client.post("/items").json(&json!({"name": "F"})).send().await.assert_status(201);
    })
    .await;
    assert!(words.starts_with("POST /items: the status is not 201 Created\nanswered: 422 Unprocessable"), "{words}");
    assert!(words.contains("content-type: application/json"), "{words}");
    assert!(words.contains("\"String should have at least 2 characters\""), "{words}");
    let words = report(async {
        client.get("/fails").send().await.assert_status(200);
    })
    .await;
    assert!(words.contains("answered: 500") && words.contains("the disk is full"), "{words}");
    let words = report(async {
        client.get("/login").send().await.assert_json("morty");
    })
    .await;
    assert!(
        words.starts_with(
            "GET /login: the body is \"rick\", not \"morty\"\nexpected: \"morty\"\nredirected: /login -> /me"
        ),
        "{words}"
    );
    let words = report(async {
        client.websocket("/greet/nobody").connect().await;
    })
    .await;
    assert!(words.contains("WebSocket /greet/nobody") && words.contains("There is nobody"), "{words}");
    let words = report(async {
        App::new("Faulty", "1").routes(routes![later]).test().await;
    })
    .await;
    assert!(words.contains("Log"), "{words}");
}

#[tokio::test]
async fn the_app_lives_as_it_does_when_it_is_served() {
    let (log, events) = (Log::default(), Arc::new(AtomicU32::new(0)));
    let ended = Arc::clone(&events);
    let app = App::new("Tested", "1").state(log.clone()).routes(routes![later]).lifespan(move || {
        let ended = Arc::clone(&ended);
        ended.store(1, Ordering::SeqCst);
        async move { Ok(Lifespan::new().on_stop(async move || ended.store(2, Ordering::SeqCst))) }
    });
    let client = app.test().await;
    assert_eq!(events.load(Ordering::SeqCst), 1);
    client.post("/later").send().await.assert_status(200);
    assert_eq!(log.0.load(Ordering::SeqCst), 1, "an answer is there when its background tasks are done");
    client.stop().await;
    assert_eq!(events.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn dependencies_are_overridden() {
    app().test().await.get("/mine").send().await.assert_status(401);
    let client = app().override_dependency::<user>(|| "tester".to_owned()).test().await;
    client.get("/mine").send().await.assert_json("tester");
}

#[tokio::test]
async fn a_stream_without_an_end_is_read_bit_by_bit() {
    let client = app().test().await;
    let mut body = client.get("/ticks").send_unread().await.0.into_body().into_bytes_stream();
    let mut text = String::new();
    while text.len() < 6 {
        text.push_str(std::str::from_utf8(&body.next().await.unwrap().unwrap()).unwrap());
    }
    assert!(text.starts_with("0\n1\n2\n"));
}

#[tokio::test]
async fn conversations() {
    let client = app().test().await;
    client.set_cookie("user", "rick");
    let mut socket = client.websocket("/greet/world").connect().await;
    assert_eq!(socket.receive_json::<Value>().await, json!({"hello": "world", "user": "rick"}));
    socket.send_json(&[1, 2, 3]).await;
    assert_eq!(socket.receive_text().await, "6");
    assert_eq!(socket.receive_close().await, (4000, "done".to_owned()));
    let refused = client.websocket("/greet/nobody").try_connect().await.unwrap_err();
    refused.assert_status(404).assert_json(json!({"detail": "There is nobody"}));
    client.websocket("/nowhere").try_connect().await.unwrap_err().assert_status(403);
}
