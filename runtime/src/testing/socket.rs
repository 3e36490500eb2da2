//! [`TestSocket`]: a test's end of a WebSocket.

use futures_util::{SinkExt, StreamExt};
use poem::{Body, Response};
use serde::{Serialize, de::DeserializeOwned};
use tokio::io::DuplexStream;
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{
        Error, Message,
        client::IntoClientRequest,
        protocol::{CloseFrame, frame::coding::CloseCode},
    },
};

use super::{request::TestRequest, response::TestResponse};

/// How much is on its way at once.
const BUFFER: usize = 1 << 20;

/// An open WebSocket.
///
/// ```
/// use versify::prelude::*;
///
/// #[websocket("/echo")]
/// async fn echo(mut socket: WebSocket) -> Result<()> {
///     socket.accept().await?;
///     loop {
///         let text = socket.receive_text().await?;
///         socket.send_text(format!("Message text was: {text}")).await?;
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let client = App::new("Echo", "1.0.0").routes(routes![echo]).test().await;
/// let mut socket = client.websocket("/echo").connect().await;
/// socket.send_text("hello").await;
/// assert_eq!(socket.receive_text().await, "Message text was: hello");
/// socket.close().await;
/// # }
/// ```
#[derive(Debug)]
pub struct TestSocket {
    asked: String,
    stream: WebSocketStream<DuplexStream>,
    subprotocol: Option<String>,
}

impl TestRequest<'_> {
    /// Opens a WebSocket.
    ///
    /// # Panics
    /// If the app refuses it: see [`TestRequest::try_connect`].
    pub async fn connect(self) -> TestSocket {
        match self.try_connect().await {
            Ok(socket) => socket,
            Err(answer) => {
                answer.assert_status(101);
                panic!("the app refuses the WebSocket")
            }
        }
    }

    /// Opens a WebSocket.
    ///
    /// # Errors
    /// The answer of an app that refuses it.
    ///
    /// # Panics
    /// If the answer is none of HTTP.
    pub async fn try_connect(self) -> Result<TestSocket, TestResponse> {
        let (client, uri, headers) = self.into_handshake();
        let session = client.session();
        let (near, far) = tokio::io::duplex(BUFFER);
        let service = session.service().clone();
        tokio::spawn(async move { service.serve_connection(far).await });
        let asked = format!("WebSocket {uri}");
        let mut request = match format!("ws://{}{uri}", session.host).into_client_request() {
            Ok(request) => request,
            Err(error) => panic!("{asked}: {error}"),
        };
        request.headers_mut().extend(headers);
        let path = request.uri().path().to_owned();
        session.complete(&path, request.headers_mut());
        match client_async(request, near).await {
            Ok((stream, answer)) => {
                session.with_cookies(|cookies| cookies.learn(&path, answer.headers()));
                let subprotocol = answer.headers().get("sec-websocket-protocol");
                let subprotocol = subprotocol.and_then(|name| name.to_str().ok()).map(str::to_owned);
                Ok(TestSocket { asked, stream, subprotocol })
            }
            Err(Error::Http(answer)) => {
                let (head, body) = answer.into_parts();
                let mut response = Response::from(head.status);
                *response.headers_mut() = head.headers;
                response.set_body(Body::from(body.unwrap_or_default()));
                Err(TestResponse::read(asked, response).await)
            }
            Err(error) => panic!("{asked}: {error}"),
        }
    }
}

impl TestSocket {
    /// The subprotocol that the app chose.
    #[must_use]
    pub fn subprotocol(&self) -> Option<&str> {
        self.subprotocol.as_deref()
    }

    async fn send(&mut self, message: Message) {
        if let Err(error) = self.stream.send(message).await {
            panic!("{}: a message could not be sent: {error}", self.asked);
        }
    }

    /// Sends a text.
    ///
    /// # Panics
    /// If the conversation is over, as all that sends and receives.
    pub async fn send_text(&mut self, text: impl Into<String>) {
        self.send(Message::text(text.into())).await;
    }

    /// Sends bytes.
    pub async fn send_bytes(&mut self, bytes: impl Into<bytes::Bytes>) {
        self.send(Message::binary(bytes)).await;
    }

    /// Sends a value as a text of JSON.
    pub async fn send_json(&mut self, value: &(impl Serialize + ?Sized)) {
        match serde_json::to_string(value) {
            Ok(json) => self.send_text(json).await,
            Err(error) => panic!("{}: a message cannot be written: {error}", self.asked),
        }
    }

    async fn next(&mut self) -> Message {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(message)) => return message,
                Some(Err(error)) => panic!("{}: no message came: {error}", self.asked),
                None => panic!("{}: no message came: the conversation is over", self.asked),
            }
        }
    }

    /// The next message, which is a text.
    pub async fn receive_text(&mut self) -> String {
        match self.next().await {
            Message::Text(text) => text.to_string(),
            other => panic!("{}: a text was expected, not {other:?}", self.asked),
        }
    }

    /// The next message, which is bytes.
    pub async fn receive_bytes(&mut self) -> Vec<u8> {
        match self.next().await {
            Message::Binary(bytes) => bytes.to_vec(),
            other => panic!("{}: bytes were expected, not {other:?}", self.asked),
        }
    }

    /// The next message, which is a text of JSON.
    pub async fn receive_json<T: DeserializeOwned>(&mut self) -> T {
        let text = self.receive_text().await;
        match serde_json::from_str(&text) {
            Ok(value) => value,
            Err(error) => panic!("{}: {error} in the message {text}", self.asked),
        }
    }

    /// Waits for the app to end the conversation, and gives its code and its reason.
    pub async fn receive_close(&mut self) -> (u16, String) {
        match self.next().await {
            Message::Close(Some(frame)) => (frame.code.into(), frame.reason.to_string()),
            // RFC 6455, 7.1.5: a close without a code.
            Message::Close(None) => (1005, String::new()),
            other => panic!("{}: an end was expected, not {other:?}", self.asked),
        }
    }

    /// Ends the conversation, with the code 1000.
    pub async fn close(mut self) {
        let frame = CloseFrame { code: CloseCode::Normal, reason: "".into() };
        // The app may have ended it already.
        let _ = self.stream.close(Some(frame)).await;
        while let Some(Ok(_)) = self.stream.next().await {}
    }
}
