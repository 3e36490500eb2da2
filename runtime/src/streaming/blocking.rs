//! [`Blocking`]: an iterator that blocks, as a stream.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_util::Stream;
use tokio::{sync::mpsc, task::JoinHandle};

/// How many items may wait for the client.
const AHEAD: usize = 16;

/// The items of an iterator that blocks: it runs on the threads that may, and waits for a slow client.
pub struct Blocking<T> {
    items: mpsc::Receiver<T>,
    iteration: JoinHandle<()>,
}

impl<T: Send + 'static> Blocking<T> {
    pub(super) fn new<I: IntoIterator<Item = T> + Send + 'static>(items: I) -> Self {
        let (sender, receiver) = mpsc::channel(AHEAD);
        let iteration = tokio::task::spawn_blocking(move || {
            for item in items {
                if sender.blocking_send(item).is_err() {
                    // The client went away.
                    return;
                }
            }
        });
        Self { items: receiver, iteration }
    }
}

impl<T> Stream for Blocking<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let item = ready!(self.items.poll_recv(cx));
        if item.is_none()
            && let Err(error) = ready!(Pin::new(&mut self.iteration).poll(cx))
            && let Ok(panic) = error.try_into_panic()
        {
            std::panic::resume_unwind(panic);
        }
        Poll::Ready(item)
    }
}

impl<T> fmt::Debug for Blocking<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Blocking")
    }
}
