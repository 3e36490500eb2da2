use std::{convert::Infallible, io, sync::Arc, time::Duration};

use poem::{
    Endpoint, Response,
    http::uri::Scheme,
    listener::Acceptor,
    web::{LocalAddr, RemoteAddr},
};
use tokio::{sync::mpsc, time::sleep};

use super::{connection::Protocols, service::Peer, watch::Connections};

const SHORTEST_PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// Accepts connections and serves each in a task of its own, without end.
///
/// `open` is held by each of them.
pub(super) async fn accept<A, E>(
    acceptor: &mut A,
    endpoint: Arc<E>,
    protocols: Protocols,
    connections: &Connections,
    open: mpsc::Sender<Infallible>,
) -> Infallible
where
    A: Acceptor,
    E: Endpoint<Output = Response> + 'static,
{
    let protocols = Arc::new(protocols);
    loop {
        let (io, local_addr, remote_addr, scheme) = next(acceptor).await;
        let peer = Peer { endpoint: Arc::clone(&endpoint), local_addr, remote_addr, scheme, watch: connections.add() };
        let (protocols, open) = (Arc::clone(&protocols), open.clone());
        tokio::spawn(async move {
            protocols.serve(io, Arc::new(peer)).await;
            drop(open);
        });
    }
}

/// The next connection. Faults (no free file descriptors, say) are logged and waited out.
async fn next<A: Acceptor>(acceptor: &mut A) -> (A::Io, LocalAddr, RemoteAddr, Scheme) {
    let mut pause = SHORTEST_PAUSE;
    loop {
        match acceptor.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if is_the_clients(&error) => tracing::debug!(%error, "a client left before it was accepted"),
            Err(error) => {
                tracing::error!(%error, "cannot accept connections; trying again in {pause:?}");
                sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
}

/// Whether an error concerns one connection only, so that the next may be accepted at once.
fn is_the_clients(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionReset
    )
}
