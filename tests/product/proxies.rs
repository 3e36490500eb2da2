//! An app behind proxies, as it is served: what it believes, and what it makes of that.

use std::net::SocketAddr;

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use versify::{Forwarded, RootPath, TrustedProxies, poem::listener::TcpListener, prelude::*};

#[get("/seen")]
async fn seen(forwarded: Forwarded, root_path: RootPath) -> Value {
    let client = forwarded.client.map(|client| client.to_string());
    json!([forwarded.scheme.as_str(), client, root_path.as_str()])
}

/// Serves on a free port of this machine, until the test ends.
async fn serve(app: App) -> SocketAddr {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    tokio::spawn(app.serve_on(TcpListener::bind(address.to_string())));
    for _ in 0..200 {
        if TcpStream::connect(address).await.is_ok() {
            return address;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("it is not served");
}

/// The head and the body of an answer.
async fn get(address: SocketAddr, path: &str, headers: &[&str]) -> (String, String) {
    let mut connection = TcpStream::connect(address).await.unwrap();
    let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    let request = format!("GET {path} HTTP/1.1\r\nhost: shop.example\r\nconnection: close\r\n{headers}\r\n");
    connection.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_lowercase(), body.to_owned())
}

async fn seen_by(address: SocketAddr, headers: &[&str]) -> Value {
    serde_json::from_str(&get(address, "/seen", headers).await.1).unwrap()
}

fn app() -> App {
    App::new("Shop", "1").routes(routes![seen])
}

#[tokio::test]
async fn a_proxy_on_this_machine_is_believed() {
    let address = serve(app()).await;
    for (headers, seen) in [
        (&[][..], json!(["http", "127.0.0.1", ""])),
        (&["x-forwarded-proto: https"], json!(["https", "127.0.0.1", ""])),
        (&["x-forwarded-proto: gopher"], json!(["http", "127.0.0.1", ""])),
        (&["x-forwarded-for: 203.0.113.9"], json!(["http", "203.0.113.9", ""])),
        (&["x-forwarded-for: 203.0.113.9:4711"], json!(["http", "203.0.113.9", ""])),
        (&["x-forwarded-for: 2001:db8::1"], json!(["http", "2001:db8::1", ""])),
        (&["x-forwarded-for: 198.51.100.1, 203.0.113.9, 127.0.0.1"], json!(["http", "203.0.113.9", ""])),
        (&["x-forwarded-for: 198.51.100.1", "x-forwarded-for: 203.0.113.9"], json!(["http", "203.0.113.9", ""])),
        (&["x-forwarded-for: nobody"], json!(["http", "127.0.0.1", ""])),
    ] {
        assert_eq!(seen_by(address, headers).await, seen, "{headers:?}");
    }
    // A redirect is to the scheme that the client speaks.
    let (head, _) = get(address, "/seen/", &["x-forwarded-proto: https"]).await;
    assert!(head.starts_with("http/1.1 307") && head.contains("location: https://shop.example/seen"), "{head}");
    let (head, _) = get(address, "/seen/", &[]).await;
    assert!(head.contains("location: http://shop.example/seen"), "{head}");
}

#[tokio::test]
async fn others_are_not_believed() {
    let address = serve(app().trusted_proxies(TrustedProxies::of([[10, 0, 0, 1].into()]))).await;
    let headers = ["x-forwarded-proto: https", "x-forwarded-for: 203.0.113.9"];
    assert_eq!(seen_by(address, &headers).await, json!(["http", "127.0.0.1", ""]));
    let (head, _) = get(address, "/seen/", &headers).await;
    assert!(head.contains("location: http://shop.example/seen"), "{head}");
}

#[tokio::test]
async fn what_a_proxy_takes_away_stands_in_the_document() {
    let address = serve(app().root_path("/api/v1")).await;
    assert_eq!(seen_by(address, &[]).await, json!(["http", "127.0.0.1", "/api/v1"]));
    let document: Value = serde_json::from_str(&get(address, "/openapi.json", &[]).await.1).unwrap();
    assert_eq!(document["servers"], json!([{"url": "/api/v1"}]));
    let (head, _) = get(address, "/seen/", &["x-forwarded-proto: https"]).await;
    assert!(head.contains("location: https://shop.example/api/v1/seen"), "{head}");
}
