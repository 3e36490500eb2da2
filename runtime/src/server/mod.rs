//! Connections: accepted from poem's listeners, driven by hyper, ended in order.
//!
//! poem's own `Server` hides HTTP/1's header timeout, sets no `TCP_NODELAY` and boxes a future per request; this one
//! takes the same listeners and endpoints.

mod connection;
mod head_timer;
mod linger;
mod options;
mod shutdown;
mod tcp;
mod unread;

pub use self::{options::Options, tcp::Tcp};
pub(crate) use shutdown::signals;

use std::{future::Future, io, sync::Arc, time::Duration};

use poem::{
    Request, Response,
    http::uri::Scheme,
    listener::Acceptor,
    web::{LocalAddr, RemoteAddr},
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::watch,
};
use tokio_util::task::TaskTracker;

/// What answers the requests of connections.
pub(crate) trait Respond: Send + Sync + 'static {
    /// The request is boxed once, since it is handed on many times.
    fn respond(&self, request: Box<Request>) -> impl Future<Output = Response> + Send;
}

/// Serves until `shutdown` completes, and then until running requests are done or the grace period is over.
pub(crate) async fn run<A, E>(
    mut acceptor: A,
    endpoint: Arc<E>,
    options: Options,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()>
where
    A: Acceptor + 'static,
    E: Respond,
{
    // Every connection, and every conversation that outgrew one, holds a receiver: when the last is gone, all are done.
    let (pulse, felt) = watch::channel(Pulse::Beat);
    let beats = beat(&pulse, head_timer::period(options.header_read_timeout));
    let options = Arc::new(options);
    let connections = TaskTracker::new();
    let accepting = async {
        tokio::pin!(shutdown);
        loop {
            let accepted = tokio::select! {
                biased;
                () = &mut shutdown => break,
                accepted = acceptor.accept() => accepted,
            };
            match accepted {
                Ok(accepted) => {
                    let connection =
                        connection::serve(accepted, Arc::clone(&endpoint), Arc::clone(&options), felt.clone());
                    connections.spawn(connection);
                }
                Err(error) => {
                    // Out of file descriptors, mostly: others will be given back.
                    tracing::warn!(target: "versify", %error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
    };
    tokio::select! {
        biased;
        () = accepting => {}
        () = beats => {}
    }
    let grace = options.grace;
    drop((acceptor, felt));
    drain(pulse, &connections, grace).await;
    Ok(())
}

/// Serves one connection until it ends.
pub(crate) async fn run_one<Io, E>(io: Io, endpoint: Arc<E>)
where
    Io: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    E: Respond,
{
    let options = Arc::new(Options::default());
    let (pulse, felt) = watch::channel(Pulse::Beat);
    let accepted = (io, LocalAddr::default(), RemoteAddr::default(), Scheme::HTTP);
    tokio::select! {
        () = connection::serve(accepted, endpoint, Arc::clone(&options), felt) => {}
        () = beat(&pulse, head_timer::period(options.header_read_timeout)) => {}
    }
}

/// Tells the connections how time goes by.
async fn beat(pulse: &watch::Sender<Pulse>, period: Duration) {
    loop {
        tokio::time::sleep(period).await;
        pulse.send_replace(Pulse::Beat);
    }
}

/// What the server tells its connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pulse {
    /// Half of the header timeout has passed.
    Beat,
    /// The server stops. No beat comes after.
    Stop,
}

/// Tells a conversation that has outgrown its connection when the server stops, which waits for it.
#[cfg(feature = "websocket")]
#[derive(Debug, Clone)]
pub(crate) struct Stopping(watch::Receiver<Pulse>);

#[cfg(feature = "websocket")]
impl Stopping {
    /// Waits until the server stops.
    pub(crate) async fn stopped(&mut self) {
        if self.0.wait_for(|pulse| *pulse == Pulse::Stop).await.is_err() {
            // A connection without a server.
            std::future::pending::<()>().await;
        }
    }
}

/// Tells the connections to end, and waits for them.
async fn drain(pulse: watch::Sender<Pulse>, connections: &TaskTracker, grace: Duration) {
    let running = connections.len();
    tracing::info!(target: "versify", running, "stopping: running requests finish");
    pulse.send_replace(Pulse::Stop);
    tokio::select! {
        () = pulse.closed() => tracing::info!(target: "versify", "stopped"),
        () = tokio::time::sleep(grace) => {
            tracing::warn!(target: "versify", cut_off = connections.len(), "stopped: the grace period is over");
        }
        () = shutdown::signals() => {
            tracing::warn!(target: "versify", cut_off = connections.len(), "stopped at once: a second signal");
        }
    }
}

#[cfg(test)]
mod tests;
