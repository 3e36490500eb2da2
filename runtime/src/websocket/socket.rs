//! [`WebSocket`]: the function's side of a conversation.

use std::{fmt, marker::PhantomData, sync::PoisonError};

use bytes::Bytes;
use poem::web::websocket::Message;
use serde::Serialize;
use serde_json::Value;
use tokio::sync::oneshot;

use super::{
    Accept, Close, SocketError,
    handshake::{Accepted, Channels, Offer, SharedOffer},
};
use crate::{
    decode::{BodyFault, Decode, Field, Issue, JsonBody},
    http_error::HttpError,
    operation::{Argument, Call, Description},
};

/// A conversation with a client, the argument of a function with [`#[websocket]`](macro@crate::websocket).
///
/// `In` is what [`receive`](Self::receive) and [`next`](Self::next) read from JSON, `Out` what [`send`](Self::send)
/// writes; text, bytes and other JSON can be received and sent all the same.
///
/// The client is accepted by [`accept`](Self::accept), or by the first message that is received or sent. Whatever is
/// received or sent can be dropped while it waits (`tokio::select!`): nothing is lost. The connection is closed when the
/// function returns.
///
/// ```
/// use versify::prelude::*;
///
/// #[model]
/// struct Question {
///     #[field(ge = 0)]
///     number: i64,
/// }
///
/// #[model]
/// struct Answer {
///     square: i64,
/// }
///
/// /// Squares numbers.
/// #[websocket("/squares")]
/// async fn squares(mut socket: WebSocket<Question, Answer>) -> Result<()> {
///     while let Some(question) = socket.next().await {
///         socket.send(&Answer { square: question.number * question.number }).await?;
///     }
///     Ok(())
/// }
/// ```
pub struct WebSocket<In = Value, Out = In> {
    state: State,
    subprotocols: Vec<String>,
    of: PhantomData<fn(Out) -> In>,
}

enum State {
    /// The handshake is not answered.
    Offered(oneshot::Sender<Accepted>),
    /// It is being answered.
    Accepting(oneshot::Receiver<Channels>),
    Open(Channels),
    Closed(Close),
}

impl<In, Out> WebSocket<In, Out> {
    /// Accepts the client.
    ///
    /// # Errors
    /// The client has gone away.
    pub async fn accept(&mut self) -> Result<(), SocketError> {
        self.accept_with(Accept::new()).await
    }

    /// Accepts the client, as `how` says. One that was accepted before stays so.
    ///
    /// # Errors
    /// The client has gone away.
    pub async fn accept_with(&mut self, how: Accept) -> Result<(), SocketError> {
        if matches!(self.state, State::Offered(_)) {
            let lost = State::Closed(Close::new(Close::LOST));
            let (channels, given) = oneshot::channel();
            if let State::Offered(offer) = std::mem::replace(&mut self.state, lost)
                && offer.send(Accepted { how, channels }).is_ok()
            {
                self.state = State::Accepting(given);
            }
        }
        // Who stops waiting here waits on the next time.
        if let State::Accepting(given) = &mut self.state {
            let given = given.await;
            self.state = given.map_or_else(|_| State::Closed(Close::new(Close::LOST)), State::Open);
        }
        match &self.state {
            State::Closed(close) => Err(SocketError::Disconnected(close.clone())),
            _ => Ok(()),
        }
    }

    /// The subprotocols that the client offers, the one it likes best first.
    #[must_use]
    pub fn subprotocols(&self) -> &[String] {
        &self.subprotocols
    }

    /// The next message, text or bytes.
    ///
    /// # Errors
    /// The conversation is over.
    pub async fn receive_message(&mut self) -> Result<Message, SocketError> {
        let channels = self.open().await?;
        match channels.incoming.recv().await {
            Some(message) => Ok(message),
            None => Err(self.over()),
        }
    }

    /// The next message, which is text.
    ///
    /// # Errors
    /// The conversation is over, or the message is bytes.
    pub async fn receive_text(&mut self) -> Result<String, SocketError> {
        match self.receive_message().await? {
            Message::Text(text) => Ok(text),
            _ => Err(SocketError::Unexpected),
        }
    }

    /// The next message, which is bytes.
    ///
    /// # Errors
    /// The conversation is over, or the message is text.
    pub async fn receive_bytes(&mut self) -> Result<Vec<u8>, SocketError> {
        match self.receive_message().await? {
            Message::Binary(bytes) => Ok(bytes),
            _ => Err(SocketError::Unexpected),
        }
    }

    /// The next message, read as JSON and checked.
    ///
    /// # Errors
    /// The conversation is over, or the message has faults.
    pub async fn receive_json<T: Decode + 'static>(&mut self) -> Result<T, SocketError> {
        let bytes = Bytes::from(self.receive_message().await?.into_bytes());
        read(bytes).map_err(SocketError::Invalid)
    }

    /// Sends a message.
    ///
    /// # Errors
    /// The conversation is over.
    pub async fn send_message(&mut self, message: Message) -> Result<(), SocketError> {
        let channels = self.open().await?;
        match channels.outgoing.send(message).await {
            Ok(()) => Ok(()),
            Err(_) => Err(self.over()),
        }
    }

    /// Sends text.
    ///
    /// # Errors
    /// The conversation is over.
    pub async fn send_text(&mut self, text: impl Into<String>) -> Result<(), SocketError> {
        self.send_message(Message::text(text)).await
    }

    /// Sends bytes.
    ///
    /// # Errors
    /// The conversation is over.
    pub async fn send_bytes(&mut self, bytes: impl Into<Vec<u8>>) -> Result<(), SocketError> {
        self.send_message(Message::binary(bytes)).await
    }

    /// Sends anything as JSON.
    ///
    /// # Errors
    /// The conversation is over. A value that cannot be written as JSON closes it with 1011.
    pub async fn send_json<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), SocketError> {
        match serde_json::to_string(value) {
            Ok(text) => self.send_text(text).await,
            Err(error) => {
                tracing::error!(target: "versify", %error, "a message could not be written as JSON");
                let close = Close::new(Close::INTERNAL_ERROR);
                self.close(close.clone()).await;
                Err(SocketError::Disconnected(close))
            }
        }
    }

    /// Ends the conversation; before the client is accepted it refuses it (403).
    pub async fn close(&mut self, close: Close) {
        let message = Message::close_with(close.code(), close.text());
        if matches!(self.state, State::Accepting(_)) {
            let _ = self.accept().await;
        }
        if let State::Open(channels) = std::mem::replace(&mut self.state, State::Closed(close)) {
            let _ = channels.outgoing.send(message).await;
        }
    }

    async fn open(&mut self) -> Result<&mut Channels, SocketError> {
        if !matches!(self.state, State::Open(_)) {
            self.accept().await?;
        }
        match &mut self.state {
            State::Open(channels) => Ok(channels),
            _ => Err(SocketError::Disconnected(Close::new(Close::LOST))),
        }
    }

    #[cold]
    fn over(&mut self) -> SocketError {
        let close = match &self.state {
            State::Open(channels) => channels.ended.get().cloned(),
            State::Closed(close) => Some(close.clone()),
            State::Offered(_) | State::Accepting(_) => None,
        };
        let close = close.unwrap_or_else(|| Close::new(Close::LOST));
        self.state = State::Closed(close.clone());
        SocketError::Disconnected(close)
    }
}

impl<In: Decode + 'static, Out: Serialize> WebSocket<In, Out> {
    /// The next message.
    ///
    /// # Errors
    /// The conversation is over, or the message has faults.
    pub async fn receive(&mut self) -> Result<In, SocketError> {
        self.receive_json().await
    }

    /// The next message that has no faults, or `None` when the conversation is over.
    ///
    /// Faulty ones are answered with `{"detail": [..]}`, as a faulty request is.
    pub async fn next(&mut self) -> Option<In> {
        loop {
            match self.receive().await {
                Ok(message) => return Some(message),
                Err(SocketError::Invalid(issues)) => self.send_json(&Faults { detail: &issues }).await.ok()?,
                Err(_) => return None,
            }
        }
    }

    /// Sends a message.
    ///
    /// # Errors
    /// The conversation is over.
    pub async fn send(&mut self, message: &Out) -> Result<(), SocketError> {
        self.send_json(message).await
    }
}

#[derive(Serialize)]
struct Faults<'a> {
    detail: &'a [Issue],
}

fn read<T: Decode + 'static>(json: Bytes) -> Result<T, Vec<Issue>> {
    match JsonBody::Json(json).decode(&Field::new("body")) {
        Ok(value) => Ok(value),
        Err(BodyFault::Issues(issues)) => Err(issues),
        Err(BodyFault::Syntax(issue)) => Err(vec![*issue]),
        Err(BodyFault::Encoding) => {
            Err(vec![Issue::new("json_invalid", "There was an error parsing the body").at(["body".into()])])
        }
    }
}

impl<In, Out> fmt::Debug for WebSocket<In, Out> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::Offered(_) => "offered",
            State::Accepting(_) => "accepting",
            State::Open(_) => "open",
            State::Closed(_) => "closed",
        };
        f.debug_struct("WebSocket").field("state", &state).finish_non_exhaustive()
    }
}

impl<In: 'static, Out: 'static> Argument for WebSocket<In, Out> {
    fn describe(_: &Field<Self>, description: &mut Description<'_>) {
        description.socket();
    }

    fn prepare(_: &Field<Self>, call: &mut Call) -> Option<Self> {
        let offer = call.request().extensions().get::<SharedOffer>();
        let offer = offer.and_then(|offer| offer.lock().unwrap_or_else(PoisonError::into_inner).take());
        let Some(Offer { accept, subprotocols }) = offer else {
            // Cannot happen in an `App`: it does not start.
            call.refuse(HttpError::internal("a WebSocket was asked for twice, or by an operation that is none"));
            return None;
        };
        Some(Self { state: State::Offered(accept), subprotocols, of: PhantomData })
    }
}
