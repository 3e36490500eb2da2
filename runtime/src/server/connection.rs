//! One connection.

use std::{convert::Infallible, sync::Arc};

use hyper::{Request as HyperRequest, Response as HyperResponse, body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto::Builder,
};
use poem::{
    Endpoint, Request, Response,
    http::uri::Scheme,
    web::{LocalAddr, RemoteAddr},
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::watch,
};

use super::linger::Linger;

/// Answers the requests of one connection until it ends, or until `stopped`: then the one that runs is the last.
pub(super) async fn serve<Io, E>(
    (io, local, remote, scheme): (Io, LocalAddr, RemoteAddr, Scheme),
    endpoint: Arc<E>,
    builder: Arc<Builder<TokioExecutor>>,
    mut stopped: watch::Receiver<bool>,
) where
    Io: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    E: Endpoint<Output = Response> + 'static,
{
    let service = service_fn(|request: HyperRequest<Incoming>| {
        let request = Request::from((request, local.clone(), remote.clone(), scheme.clone()));
        let endpoint = Arc::clone(&endpoint);
        async move {
            let response = match endpoint.call(request).await {
                Ok(response) => response,
                Err(error) => error.into_response(),
            };
            Ok::<_, Infallible>(HyperResponse::from(response))
        }
    });
    let connection = builder.serve_connection_with_upgrades(TokioIo::new(Linger::new(io)), service);
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => Some(ended),
        // The value changes once: the server stops.
        _ = stopped.changed() => None,
    };
    let ended = match ended {
        Some(ended) => ended,
        None => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        // Clients break connections all the time.
        tracing::debug!(target: "versify", error, "a connection ended early");
    }
}
