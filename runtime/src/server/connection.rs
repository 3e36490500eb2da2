//! One connection.

use std::{
    convert::Infallible,
    future::{Future, poll_fn},
    pin::pin,
    sync::Arc,
    task::Poll,
};

use hyper::{
    Request as HyperRequest, Response as HyperResponse, Version,
    body::{Body, Incoming},
    header::{CONNECTION, HeaderValue},
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use poem::{
    Request,
    http::uri::Scheme,
    web::{LocalAddr, RemoteAddr},
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::watch,
};

use super::{Pulse, Respond, head_timer::HeadTimer, linger::Linger, options::Options, unread::Unread};

/// Answers the requests of one connection until it ends, or until the server stops: then the one that runs is the last.
pub(super) async fn serve<Io, E>(
    (io, local, remote, scheme): (Io, LocalAddr, RemoteAddr, Scheme),
    endpoint: Arc<E>,
    options: Arc<Options>,
    mut pulse: watch::Receiver<Pulse>,
) where
    Io: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    E: Respond,
{
    #[cfg(feature = "websocket")]
    let stopping = super::Stopping(pulse.clone());
    let service = service_fn(|request: HyperRequest<Incoming>| {
        #[cfg(feature = "websocket")]
        let mut request = request;
        #[cfg(feature = "websocket")]
        if request.headers().contains_key(hyper::header::UPGRADE) {
            request.extensions_mut().insert(stopping.clone());
        }
        // In HTTP/2, a stream of its own ends with its request.
        let has_body = !request.body().is_end_stream() && request.version() < Version::HTTP_2;
        let mut request = Box::new(Request::from((request, local.clone(), remote.clone(), scheme.clone())));
        let unread = has_body.then(|| Unread::watch(&mut request));
        let endpoint = Arc::clone(&endpoint);
        async move {
            let mut response = HyperResponse::from(endpoint.respond(request).await);
            if let Some(unread) = unread
                && poll_fn(|cx| Poll::Ready(unread.is_left(cx))).await
            {
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            Ok::<_, Infallible>(response)
        }
    });
    let timer = HeadTimer::new();
    let builder = options.builder(timer.clone());
    let connection = builder.serve_connection_with_upgrades(TokioIo::new(Linger::new(io)), service);
    tokio::pin!(connection);
    let mut stopping = false;
    let ended = loop {
        let mut listener = pulse.clone();
        let mut change = pin!(listener.changed());
        let mut listens = stopping;
        let next = poll_fn(|cx| {
            if let Poll::Ready(ended) = connection.as_mut().poll(cx) {
                return Poll::Ready(Some(ended));
            }
            // This task is woken for each piece of a request. The listener, once it waits, is looked at only when there
            // is something to hear.
            if listens && (stopping || matches!(pulse.has_changed(), Ok(false))) {
                return Poll::Pending;
            }
            listens = true;
            change.as_mut().poll(cx).map(|_| None)
        });
        if let Some(ended) = next.await {
            break ended;
        }
        stopping = pulse.has_changed().is_err() || *pulse.borrow_and_update() == Pulse::Stop;
        if stopping {
            connection.as_mut().graceful_shutdown();
            continue;
        }
        timer.beat();
        if timer.waits_in_vain() {
            return;
        }
    };
    if let Err(error) = ended {
        // Clients break connections all the time.
        tracing::debug!(target: "versify", error, "a connection ended early");
    }
}
