//! Conversations over WebSockets.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{
        Error, Message,
        client::IntoClientRequest,
        http::{HeaderMap, HeaderValue, header::HeaderName},
    },
};
use versify::{
    SocketError, StartFault,
    poem::http::header::WWW_AUTHENTICATE,
    prelude::*,
    websocket::{Accept, Message as Received},
};

pub type Client = WebSocketStream<tokio::io::DuplexStream>;

/// Opens a WebSocket without a network.
pub async fn connect(
    service: &versify::Service,
    path: &str,
    headers: &[(&str, &str)],
) -> Result<(Client, HeaderMap), Error> {
    let (client, server) = tokio::io::duplex(1 << 20);
    let service = service.clone();
    tokio::spawn(async move { service.serve_connection(server).await });
    let mut request = format!("ws://test{path}").into_client_request()?;
    for (name, value) in headers {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        request.headers_mut().insert(name, HeaderValue::from_str(value).unwrap());
    }
    let (socket, response) = client_async(request, client).await?;
    Ok((socket, response.headers().clone()))
}

async fn open(service: &versify::Service, path: &str) -> Client {
    connect(service, path, &[]).await.unwrap().0
}

/// The next message as text, or how the conversation ended.
pub async fn read(socket: &mut Client) -> String {
    match tokio::time::timeout(Duration::from_secs(5), socket.next()).await.unwrap() {
        Some(Ok(Message::Text(text))) => text.to_string(),
        Some(Ok(Message::Binary(bytes))) => format!("{bytes:?}"),
        Some(Ok(Message::Close(Some(frame)))) => {
            format!("{} {}", u16::from(frame.code), frame.reason).trim().to_owned()
        }
        other => format!("{other:?}"),
    }
}

/// Numbers to add.
#[model]
struct Sum {
    #[field(ge = 0)]
    a: i64,
    b: i64,
}

#[model]
struct Total {
    total: i64,
}

#[websocket("/echo/{room}")]
async fn echo(room: String, #[query(ge = 1)] times: Option<u8>, mut socket: WebSocket) -> Result<()> {
    socket.accept().await?;
    loop {
        match socket.receive_message().await? {
            Received::Text(text) => {
                for _ in 0..times.unwrap_or(1) {
                    socket.send_text(format!("{room}: {text}")).await?;
                }
            }
            message => socket.send_bytes(message.into_bytes()).await?,
        }
    }
}

#[websocket("/sums")]
async fn sums(mut socket: WebSocket<Sum, Total>) -> Result<()> {
    while let Some(sum) = socket.next().await {
        socket.send(&Total { total: sum.a + sum.b }).await?;
    }
    Ok(())
}

#[websocket("/strict")]
async fn strict(mut socket: WebSocket<Sum>) -> Result<(), SocketError> {
    loop {
        let sum = socket.receive().await?;
        socket.send_json(&sum.a).await?;
    }
}

#[websocket("/text")]
async fn text(mut socket: WebSocket) -> Result<(), SocketError> {
    loop {
        let text = socket.receive_text().await?;
        socket.send_text(text).await?;
    }
}

/// Ends as it is told, before or after it has accepted.
#[websocket("/end/{how}")]
async fn end(how: String, #[query(default = false)] accept: bool, mut socket: WebSocket) -> Result<()> {
    if accept {
        socket.accept().await?;
    }
    match how.as_str() {
        "return" => Ok(()),
        "close" => {
            socket.close(Close::new(4001).reason("enough")).await;
            Ok(())
        }
        "error" => Err(Close::new(Close::POLICY).reason("who are you?"))?,
        "http" => Err(HttpError::new(401, "Not authenticated")
            .header(WWW_AUTHENTICATE, versify::poem::http::HeaderValue::from_static("Bearer"))),
        "other" => Ok("x".parse::<u8>().map(|_| ())?),
        "panic" => panic!("a secret"),
        _ => Ok(socket.receive_text().await.map(|_| ())?),
    }
}

#[websocket("/protocols")]
async fn protocols(mut socket: WebSocket) -> Result<()> {
    let first = socket.subprotocols().first().cloned().unwrap_or_default();
    let name = HeaderName::from_static("x-room");
    let how = Accept::new().subprotocol(first.clone()).header(name, HeaderValue::from_static("one"));
    socket.accept_with(how).await?;
    socket.send_text(first).await?;
    Ok(())
}

#[websocket("/small")]
async fn small(mut socket: WebSocket, seen: State<Seen>) -> Result<()> {
    socket.accept_with(Accept::new().max_message_size(100)).await?;
    seen.note(socket.receive_text().await);
    Ok(())
}

#[websocket("/pinged")]
async fn pinged(mut socket: WebSocket, seen: State<Seen>) -> Result<()> {
    socket.accept_with(Accept::new().ping(Duration::from_millis(20))).await?;
    seen.note(socket.receive_text().await);
    Ok(())
}

#[websocket("/watched")]
async fn watched(mut socket: WebSocket, seen: State<Seen>) -> Result<()> {
    socket.accept().await?;
    let received = socket.receive_text().await;
    seen.note(received);
    seen.note(socket.send_text("late").await.map(|()| String::new()));
    Ok(())
}

/// What functions have seen.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<String>>>);

impl Seen {
    fn note(&self, received: Result<String, SocketError>) {
        let text = received.unwrap_or_else(|error| error.to_string());
        self.0.lock().unwrap().push(text);
    }

    async fn wait_for(&self, count: usize) -> Vec<String> {
        for _ in 0..500 {
            let seen = self.0.lock().unwrap().clone();
            if seen.len() >= count {
                return seen;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("nothing was seen");
    }
}

/// Everybody in the room hears what one says.
struct Room(tokio::sync::broadcast::Sender<String>);

#[websocket("/chat/{name}")]
async fn chat(name: String, mut socket: WebSocket, room: State<Room>) -> Result<()> {
    let mut heard = room.0.subscribe();
    socket.accept().await?;
    let _ = room.0.send(format!("{name} is here"));
    loop {
        tokio::select! {
            said = socket.receive_text() => match said {
                Ok(said) => drop(room.0.send(format!("{name}: {said}"))),
                Err(SocketError::Disconnected(_)) => break,
                Err(error) => return Err(error.into()),
            },
            heard = heard.recv() => socket.send_text(heard?).await?,
        }
    }
    let _ = room.0.send(format!("{name} has left"));
    Ok(())
}

#[get("/plain")]
async fn plain() -> u8 {
    1
}

fn service(seen: &Seen) -> versify::Service {
    App::new("sockets", "1")
        .body_limit(10)
        .state(seen.clone())
        .state(Room(tokio::sync::broadcast::channel(16).0))
        .routes(routes![echo, sums, strict, text, end, protocols, small, pinged, watched, chat, plain])
        .build()
        .unwrap()
}

#[tokio::test]
async fn messages_go_both_ways() {
    let service = service(&Seen::default());
    let mut socket = open(&service, "/echo/a%20b?times=2").await;
    socket.send(Message::text("one")).await.unwrap();
    socket.send(Message::binary(vec![1, 2])).await.unwrap();
    assert_eq!([read(&mut socket).await, read(&mut socket).await], ["a b: one", "a b: one"]);
    assert_eq!(read(&mut socket).await, "[1, 2]".replace("[1, 2]", "b\"\\x01\\x02\""));
    // A body's limit is none of a message.
    socket.send(Message::text("x".repeat(100_000))).await.unwrap();
    assert_eq!(read(&mut socket).await.len(), 100_005);
}

#[tokio::test]
async fn typed_messages_are_checked_and_their_faults_told() {
    let service = service(&Seen::default());
    let mut socket = open(&service, "/sums").await;
    let fault =
        |kind: &str, loc: Value, msg: &str, input: Value| json!({"type": kind, "loc": loc, "msg": msg, "input": input});
    for (sent, answer) in [
        (r#"{"a": 1, "b": "2"}"#, json!({"total": 3})),
        (r#"{"a": 1}"#, json!({"detail": [fault("missing", json!(["body", "b"]), "Field required", json!({"a": 1}))]})),
        (
            r#"{"a": 1, "b": "x"}"#,
            json!({"detail": [fault(
                "int_parsing",
                json!(["body", "b"]),
                "Input should be a valid integer, unable to parse string as an integer",
                json!("x"),
            )]}),
        ),
        (r#"{"a": 2, "b": 2}"#, json!({"total": 4})),
    ] {
        socket.send(Message::text(sent)).await.unwrap();
        assert_eq!(serde_json::from_str::<Value>(&read(&mut socket).await).unwrap(), answer, "{sent}");
    }
    socket.send(Message::text("nonsense")).await.unwrap();
    assert!(read(&mut socket).await.contains(r#""type":"json_invalid","loc":["body",0]"#));
    socket.close(None).await.unwrap();
}

#[tokio::test]
async fn a_message_that_is_not_what_it_should_be_ends_it() {
    let service = service(&Seen::default());
    for (path, message, end) in [
        ("/strict", Message::text(r#"{"a": -1, "b": 1}"#), "1007 Input should be greater than or equal to 0"),
        ("/strict", Message::binary(vec![0xff]), "1007 There was an error parsing the body"),
        ("/text", Message::binary(vec![1]), "1003"),
    ] {
        let mut socket = open(&service, path).await;
        socket.send(message).await.unwrap();
        assert_eq!(read(&mut socket).await, end, "{path}");
    }
}

#[tokio::test]
async fn clients_are_refused_as_fastapi_refuses_them() {
    let service = service(&Seen::default());
    for (path, status, body) in [
        ("/end/return", 403, ""),
        ("/end/close", 403, ""),
        ("/end/error", 403, ""),
        ("/end/http", 401, r#"{"detail":"Not authenticated"}"#),
        ("/end/other", 500, "Internal Server Error"),
        ("/end/panic", 500, "Internal Server Error"),
        ("/end/return?accept=x", 403, ""),
        ("/echo/a?times=0", 403, ""),
        ("/nowhere", 403, ""),
        ("/sums/", 403, ""),
        ("/plain", 200, "1"),
    ] {
        let Err(Error::Http(response)) = connect(&service, path, &[]).await else { panic!("{path} was accepted") };
        let said = response.body().as_ref().map(|body| String::from_utf8_lossy(body)).unwrap_or_default();
        // What the client reads of the body with the head depends on how it comes.
        assert!(body.starts_with(&*said), "{path}: {said}");
        assert_eq!(response.status().as_u16(), status, "{path}");
        let challenge = response.headers().get("www-authenticate").map(|value| value.to_str().unwrap());
        assert_eq!(challenge, (status == 401).then_some("Bearer"), "{path}");
    }
}

#[tokio::test]
async fn requests_that_are_no_handshake() {
    use crate::client::send;
    let service = service(&Seen::default());
    let upgrade = [("connection", "upgrade"), ("upgrade", "WebSocket")];
    for (method, more, status) in [
        ("GET", vec![], 404),
        ("POST", vec![], 404),
        ("GET", upgrade.to_vec(), 426),
        ("GET", [&upgrade[..], &[("sec-websocket-version", "12")]].concat(), 426),
        ("GET", [&upgrade[..], &[("sec-websocket-version", "13")]].concat(), 400),
    ] {
        assert_eq!(send(&service, method, "/sums", &more, ()).await.status, status, "{method} {more:?}");
    }
}

#[tokio::test]
async fn conversations_end_with_a_code() {
    let service = service(&Seen::default());
    for (how, end) in [
        ("return", "1000"),
        ("close", "4001 enough"),
        ("error", "1008 who are you?"),
        ("http", "1011"),
        ("other", "1011"),
        ("panic", "1011"),
    ] {
        let mut socket = open(&service, &format!("/end/{how}?accept=true")).await;
        assert_eq!(read(&mut socket).await, end, "{how}");
    }
}

#[tokio::test]
async fn a_client_that_leaves_is_noticed() {
    let seen = Seen::default();
    let service = service(&seen);
    let mut socket = open(&service, "/watched").await;
    let frame = tokio_tungstenite::tungstenite::protocol::CloseFrame { code: 4000.into(), reason: "bye".into() };
    socket.close(Some(frame)).await.unwrap();
    assert_eq!(seen.wait_for(2).await, ["closed with 4000: bye", "closed with 4000: bye"]);
    // The server answers the close.
    assert_eq!(read(&mut socket).await, "4000 bye");
    drop(open(&service, "/watched").await);
    assert_eq!(seen.wait_for(4).await[2..], ["closed with 1006", "closed with 1006"]);
}

#[tokio::test]
async fn a_message_that_is_too_large_ends_it() {
    let seen = Seen::default();
    let mut socket = open(&service(&seen), "/small").await;
    socket.send(Message::text("x".repeat(101))).await.unwrap();
    assert_eq!(seen.wait_for(1).await, ["closed with 1006"]);
}

#[tokio::test]
async fn a_client_that_says_nothing_is_pinged() {
    let seen = Seen::default();
    let service = service(&seen);
    let mut answering = open(&service, "/pinged").await;
    // Whoever reads answers pings.
    let listening = tokio::spawn(async move { while let Some(Ok(Message::Ping(_))) = answering.next().await {} });
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(!listening.is_finished() && seen.0.lock().unwrap().is_empty(), "the client that answers stays");
    let silent = open(&service, "/pinged").await;
    assert_eq!(seen.wait_for(1).await, ["closed with 1006"]);
    assert!(!listening.is_finished());
    drop(silent);
}

/// It gives up waiting before the handshake is answered, and waits again.
#[websocket("/impatient")]
async fn impatient(mut socket: WebSocket) -> Result<()> {
    tokio::select! {
        biased;
        _ = socket.receive_text() => {}
        () = std::future::ready(()) => {}
    }
    let text = socket.receive_text().await?;
    socket.send_text(text).await?;
    Ok(())
}

#[tokio::test]
async fn who_stops_waiting_loses_nothing() {
    let service = App::new("x", "1").routes(routes![impatient]).build().unwrap();
    let mut socket = open(&service, "/impatient").await;
    socket.send(Message::text("hello")).await.unwrap();
    assert_eq!(read(&mut socket).await, "hello");
}

#[tokio::test]
async fn handshakes_name_a_subprotocol() {
    let service = service(&Seen::default());
    let offered = [("sec-websocket-protocol", "chat, other")];
    let (mut socket, headers) = connect(&service, "/protocols", &offered).await.unwrap();
    assert_eq!(
        (&headers["sec-websocket-protocol"], &headers["x-room"]),
        (&"chat".parse().unwrap(), &"one".parse().unwrap())
    );
    assert_eq!([read(&mut socket).await, read(&mut socket).await], ["chat", "1000"]);
}

#[tokio::test]
async fn everybody_in_the_room_hears_what_one_says() {
    let service = service(&Seen::default());
    let mut anna = open(&service, "/chat/Anna").await;
    assert_eq!(read(&mut anna).await, "Anna is here");
    let mut bob = open(&service, "/chat/Bob").await;
    anna.send(Message::text("hello")).await.unwrap();
    assert_eq!([read(&mut anna).await, read(&mut anna).await], ["Bob is here", "Anna: hello"]);
    assert_eq!([read(&mut bob).await, read(&mut bob).await], ["Bob is here", "Anna: hello"]);
    bob.close(None).await.unwrap();
    assert_eq!(read(&mut anna).await, "Bob has left");
}

#[test]
fn the_document_does_not_know_them() {
    let document: Value = serde_json::from_slice(service(&Seen::default()).openapi()).unwrap();
    assert_eq!(document["paths"].as_object().unwrap().keys().collect::<Vec<_>>(), ["/plain"]);
    assert_eq!(document["components"], json!(null));
}

#[get("/wrong")]
async fn takes_one(_socket: WebSocket) -> u8 {
    1
}

#[websocket("/wrong")]
async fn takes_none() {}

#[test]
fn what_has_no_socket_does_not_start() {
    let error = App::new("sockets", "1").routes(routes![takes_one, takes_none]).build().unwrap_err();
    let paths =
        error.faults().iter().filter(|fault| matches!(fault, StartFault::Socket { path, .. } if path == "/wrong"));
    assert_eq!(paths.count(), 2, "{error}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_stop_closes_conversations() {
    let seen = Seen::default();
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let app = App::new("sockets", "1").state(seen.clone()).routes(routes![watched]);
    let serving = tokio::spawn(app.host("127.0.0.1").port(address.port()).serve());
    let stream = loop {
        match tokio::net::TcpStream::connect(address).await {
            Ok(stream) => break stream,
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    };
    let (mut socket, _) = client_async(format!("ws://{address}/watched"), stream).await.unwrap();
    // This very process is told to stop, as service managers do it.
    std::process::Command::new("kill").args(["-TERM", &std::process::id().to_string()]).status().unwrap();
    match tokio::time::timeout(Duration::from_secs(5), socket.next()).await.unwrap() {
        Some(Ok(Message::Close(Some(frame)))) => assert_eq!(u16::from(frame.code), 1001),
        other => panic!("{other:?}"),
    }
    assert_eq!(seen.wait_for(2).await, ["closed with 1001", "closed with 1001"]);
    drop(socket);
    serving.await.unwrap().unwrap();
}

/// Who is calling.
#[dependency]
async fn token(token: Option<String>) -> Result<String> {
    Ok(token.ok_or(Close::new(Close::POLICY))?)
}

#[websocket("/private/{id}")]
async fn private(id: u8, token: Depends<token>, mut socket: WebSocket) -> Result<()> {
    socket.send_text(format!("{id} {}", *token)).await?;
    Ok(())
}

#[tokio::test]
async fn they_have_dependencies_and_routers_as_requests_have() {
    let router = Router::new().prefix("/v1").routes(routes![private]);
    let service = App::new("sockets", "1").include(router).build().unwrap();
    let mut socket = open(&service, "/v1/private/7?token=secret").await;
    assert_eq!([read(&mut socket).await, read(&mut socket).await], ["7 secret", "1000"]);
    for path in ["/v1/private/7", "/v1/private/x?token=a", "/private/7?token=a"] {
        let Err(Error::Http(response)) = connect(&service, path, &[]).await else { panic!("{path} was accepted") };
        assert_eq!(response.status().as_u16(), 403, "{path}");
    }
}
