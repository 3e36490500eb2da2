//! The spans of WebSockets.

use futures_util::StreamExt;
use tokio::io::duplex;
use tokio_tungstenite::{client_async, tungstenite::Message};
use versify::{Service, prelude::*};

use super::{Broken, Told, current, is_error, said};

#[websocket("/ws/{room}")]
async fn talk(room: String, mut socket: WebSocket) -> Result<()> {
    if room == "closed" {
        return Err(HttpError::new(403, "no"));
    }
    socket.accept().await?;
    socket.send_text(current().span_id().to_string()).await?;
    if room == "broken" {
        Err(Broken)?;
    }
    Ok(())
}

fn service(told: &Told) -> Service {
    App::new("sockets", "1").routes(routes![talk]).opentelemetry(told.settings()).build().unwrap()
}

#[tokio::test]
async fn a_socket_s_span_lasts_as_long_as_it_does() {
    for (room, error) in [("open", false), ("broken", true)] {
        let told = Told::new();
        let service = service(&told);
        let (client, server) = duplex(1 << 16);
        tokio::spawn(async move { service.serve_connection(server).await });
        let (mut socket, _) = client_async(format!("ws://shop/ws/{room}"), client).await.unwrap();
        let Some(Ok(Message::Text(seen))) = socket.next().await else { panic!("no word") };
        while let Some(Ok(_)) = socket.next().await {}
        let span = told.server();
        assert_eq!(span.name, "WS /ws/{room}");
        assert_eq!(said(&span, "url.scheme").as_deref(), Some("ws"));
        assert_eq!(said(&span, "network.protocol.name").as_deref(), Some("websocket"));
        assert_eq!(is_error(&span), error, "{room}");
        assert_eq!(seen.as_str(), told.named("versify.endpoint").span_context.span_id().to_string());
        assert!(told.measured().0.is_empty());
        assert_eq!(told.records().len(), usize::from(error));
    }
}

#[tokio::test]
async fn a_socket_that_is_refused_has_a_span() {
    let told = Told::new();
    let service = service(&told);
    let (client, server) = duplex(1 << 16);
    tokio::spawn(async move { service.serve_connection(server).await });
    assert!(client_async("ws://shop/ws/closed", client).await.is_err());
    let span = told.server();
    assert_eq!(span.name, "WS /ws/{room}");
    assert!(!is_error(&span));
}
