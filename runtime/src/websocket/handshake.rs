//! [`Handshake`]: a client that wants to talk, and what becomes of it.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, OnceLock},
};

use poem::{
    FromRequest, IntoResponse, Request, RequestBody, Response,
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{SEC_WEBSOCKET_PROTOCOL, SEC_WEBSOCKET_VERSION, UPGRADE},
    },
    web::websocket::{Message, WebSocket as Upgrade, WebSocketConfig},
};
use tokio::sync::{mpsc, oneshot};

use super::{Accept, Close, pump::Pump};
use crate::{operation::text_response, server::Stopping};

/// Whether a request asks for a WebSocket.
#[inline]
pub(crate) fn is_handshake(request: &Request) -> bool {
    let asked = request.headers().get(UPGRADE);
    asked.is_some_and(|upgrade| upgrade.as_bytes().eq_ignore_ascii_case(b"websocket"))
        && request.method() == Method::GET
}

/// Whether the operation that runs talks over a WebSocket.
#[cold]
pub(crate) fn is_offered(request: &Request) -> bool {
    request.extensions().get::<SharedOffer>().is_some()
}

/// FastAPI's answer to a client that is not let in.
#[cold]
pub(crate) fn refuse() -> Response {
    Response::builder().status(StatusCode::FORBIDDEN).finish()
}

/// The function's end of a handshake: a [`WebSocket`](super::WebSocket) holds it until the client is accepted.
#[derive(Debug)]
pub(super) struct Offer {
    pub(super) accept: oneshot::Sender<Accepted>,
    /// What the client speaks, in the order of its preference.
    pub(super) subprotocols: Vec<String>,
}

/// An offer on its way to the argument that takes it.
pub(super) type SharedOffer = Arc<Mutex<Option<Offer>>>;

/// The function's wish to accept.
#[derive(Debug)]
pub(super) struct Accepted {
    pub(super) how: Accept,
    pub(super) channels: oneshot::Sender<Channels>,
}

/// The function's ends of the channels to the task that carries the messages.
#[derive(Debug)]
pub(super) struct Channels {
    pub(super) incoming: mpsc::Receiver<Message>,
    pub(super) outgoing: mpsc::Sender<Message>,
    /// How the conversation ended.
    pub(super) ended: Arc<OnceLock<Close>>,
}

/// The server's end of a handshake.
pub(crate) struct Handshake {
    upgrade: Upgrade,
    stopping: Option<Stopping>,
    accepting: oneshot::Receiver<Accepted>,
}

impl Handshake {
    /// Takes the handshake out of a request.
    ///
    /// # Errors
    /// The answer to a request that is none.
    pub(crate) async fn begin(request: &mut Request) -> Result<Self, Response> {
        if request.headers().get(SEC_WEBSOCKET_VERSION) != Some(&HeaderValue::from_static("13")) {
            let mut response = text_response(StatusCode::UPGRADE_REQUIRED, "Unsupported WebSocket version");
            response.headers_mut().insert(SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
            return Err(response);
        }
        let upgrade = Upgrade::from_request(request, &mut RequestBody::default()).await;
        let upgrade = upgrade.map_err(|_| text_response(StatusCode::BAD_REQUEST, "Bad WebSocket handshake"))?;
        let (accept, accepting) = oneshot::channel();
        let subprotocols = offered(request.headers());
        let offer: SharedOffer = Arc::new(Mutex::new(Some(Offer { accept, subprotocols })));
        request.extensions_mut().insert(offer);
        Ok(Self { upgrade, stopping: request.extensions().get().cloned(), accepting })
    }

    /// Runs the operation until it accepts or ends: the answer. Once it has accepted it goes on in a task of its own.
    pub(crate) async fn answer(mut self, mut running: Running) -> Response {
        tokio::select! {
            biased;
            Ok(accepted) = &mut self.accepting => self.accept(accepted, running),
            response = &mut running => match response.extensions().get::<Close>() {
                Some(_) => refuse(),
                None => response,
            },
        }
    }

    fn accept(self, accepted: Accepted, running: Running) -> Response {
        let Accepted { how, channels } = accepted;
        let (outgoing, to_send) = mpsc::channel(1);
        let (received, incoming) = mpsc::channel(1);
        let ended = Arc::new(OnceLock::new());
        let config = WebSocketConfig::default()
            .max_message_size(Some(how.max_message_size))
            .max_frame_size(Some(how.max_message_size));
        let pump =
            Pump { to_send, received, stopping: self.stopping.clone(), ping: how.ping, ended: Arc::clone(&ended) };
        let upgrade = self.upgrade.config(config).protocols(how.subprotocol);
        let mut response = upgrade.on_upgrade(move |stream| pump.run(stream)).into_response();
        response.headers_mut().extend(how.headers);
        // Nobody waits any more if the function gave up waiting: its end closes the connection.
        let _ = channels.send(Channels { incoming, outgoing: outgoing.clone(), ended });
        let stopping = self.stopping;
        tokio::spawn(async move {
            let end = running.await;
            let close = end.extensions().get::<Close>().cloned();
            let close = close.unwrap_or_else(|| Close::new(Close::INTERNAL_ERROR));
            let _ = outgoing.send(Message::close_with(close.code(), close.text())).await;
            // The server waits for whoever holds this.
            drop(stopping);
        });
        response
    }
}

/// The operation, and what comes after it.
type Running = Pin<Box<dyn Future<Output = Response> + Send>>;

fn offered(headers: &HeaderMap) -> Vec<String> {
    let lists = headers.get_all(SEC_WEBSOCKET_PROTOCOL).iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).map(|name| name.trim().to_owned()).collect()
}
