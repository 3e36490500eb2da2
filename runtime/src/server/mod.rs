//! Serving an endpoint on a listener: HTTP/1.1, HTTP/2, time limits, an orderly end.
//!
//! poem's `Server` hides hyper's time limits, boxes a future per request and leaves `TCP_NODELAY` off. This one calls the
//! endpoint straight from hyper's connections.

mod accept;
mod connection;
mod linger;
mod options;
mod service;
mod shutdown;
mod tcp;
mod transport;
mod watch;

use std::{convert::Infallible, io, sync::Arc};

use poem::{Endpoint, Response, listener::Acceptor};
use tokio::sync::mpsc;

pub use options::Options;
pub(crate) use shutdown::signals;
pub use tcp::{Tcp, TcpAcceptor};

/// Serves `endpoint` on `acceptor` until `shutdown` is ready and the running requests have finished.
///
/// From `shutdown` on, no connection is accepted, idle ones are closed, and each answer is its connection's last. After
/// [`Options::grace_period`], or at SIGINT or SIGTERM, what still runs is cut off. Connections upgraded to another
/// protocol (WebSockets) are not waited for.
pub(crate) async fn run<A, E>(
    mut acceptor: A,
    endpoint: Arc<E>,
    options: Options,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()>
where
    A: Acceptor,
    E: Endpoint<Output = Response> + 'static,
{
    let connections = watch::Connections::new(&options);
    let protocols = connection::Protocols::new(&options);
    let (open, closed) = mpsc::channel::<Infallible>(1);
    tokio::select! {
        () = shutdown => {}
        never = accept::accept(&mut acceptor, endpoint, protocols, &connections, open) => match never {},
        never = connections.keep_watch() => match never {},
    }
    drop(acceptor);
    shutdown::drain(&connections, closed, options.grace_period).await;
    Ok(())
}
