//! [`Pump`]: carries messages between a function and its client.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use futures_util::{SinkExt, StreamExt};
use poem::web::websocket::{CloseCode, Message, WebSocketStream};
use tokio::{
    sync::mpsc,
    time::{Instant, sleep_until, timeout},
};

use super::Close;
use crate::server::Stopping;

/// How long the client may take to answer a close.
const CLOSING: Duration = Duration::from_secs(5);

pub(super) struct Pump {
    pub(super) to_send: mpsc::Receiver<Message>,
    pub(super) received: mpsc::Sender<Message>,
    pub(super) stopping: Option<Stopping>,
    pub(super) ping: Option<Duration>,
    pub(super) ended: Arc<OnceLock<Close>>,
}

/// What happened.
enum Event {
    ToSend(Option<Message>),
    Received(Option<std::io::Result<Message>>),
    /// The function takes no more messages.
    Deaf,
    Silence,
    Stop,
}

impl Pump {
    /// Until one of the two closes the connection, or the server stops.
    pub(super) async fn run(mut self, mut stream: WebSocketStream) {
        let end = self.carry(&mut stream).await;
        let frame = match end {
            End::Ours(close) => {
                let _ = self.ended.set(close.clone());
                Some(Message::close_with(close.code(), close.text()))
            }
            End::Theirs(close) => {
                let _ = self.ended.set(close);
                None
            }
        };
        // The function learns it before the client has answered.
        drop((self.received, self.to_send));
        let _ = timeout(CLOSING, async {
            if let Some(frame) = frame {
                stream.send(frame).await?;
            }
            while let Some(Ok(_)) = stream.next().await {}
            stream.close().await
        })
        .await;
    }

    async fn carry(&mut self, stream: &mut WebSocketStream) -> End {
        let mut heard = Instant::now();
        let mut pinged = false;
        let mut deaf = false;
        loop {
            let Self { to_send, received, stopping, ping, .. } = self;
            let full = received.capacity() == 0;
            let event = tokio::select! {
                () = stopped(stopping.as_mut()) => Event::Stop,
                message = to_send.recv() => Event::ToSend(message),
                () = received.closed(), if !deaf => Event::Deaf,
                message = stream.next(), if deaf || !full => Event::Received(message),
                _ = received.reserve(), if !deaf && full => continue,
                () = sleep_until(heard + ping.unwrap_or_default()), if ping.is_some() => Event::Silence,
            };
            match event {
                Event::Stop => return End::Ours(Close::new(Close::GOING_AWAY)),
                Event::ToSend(Some(Message::Close(frame))) => return End::Ours(close(frame)),
                Event::ToSend(Some(message)) => {
                    if stream.send(message).await.is_err() {
                        return End::Theirs(Close::new(Close::LOST));
                    }
                }
                Event::ToSend(None) => return End::Ours(Close::new(Close::NORMAL)),
                Event::Received(Some(Ok(Message::Close(frame)))) => return End::Theirs(close(frame)),
                Event::Received(Some(Ok(message))) => {
                    (heard, pinged) = (Instant::now(), false);
                    if matches!(message, Message::Text(_) | Message::Binary(_)) {
                        // There is room: only this task sends.
                        let _ = received.try_send(message);
                    }
                }
                Event::Received(Some(Err(error))) => {
                    tracing::debug!(target: "versify", %error, "a WebSocket broke");
                    return End::Theirs(Close::new(Close::LOST));
                }
                Event::Received(None) => return End::Theirs(Close::new(Close::LOST)),
                Event::Deaf => deaf = true,
                Event::Silence if pinged && !full => return End::Theirs(Close::new(Close::LOST)),
                Event::Silence => {
                    (heard, pinged) = (Instant::now(), true);
                    if stream.send(Message::Ping(Vec::new())).await.is_err() {
                        return End::Theirs(Close::new(Close::LOST));
                    }
                }
            }
        }
    }
}

/// Who ended the conversation.
enum End {
    Ours(Close),
    Theirs(Close),
}

fn close(frame: Option<(CloseCode, String)>) -> Close {
    match frame {
        Some((code, reason)) => Close::new(code.into()).reason(reason),
        // RFC 6455, 7.1.5: no code was sent.
        None => Close::new(1005),
    }
}

async fn stopped(stopping: Option<&mut Stopping>) {
    match stopping {
        Some(stopping) => stopping.stopped().await,
        None => std::future::pending().await,
    }
}
