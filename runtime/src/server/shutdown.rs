use std::{convert::Infallible, future::pending, time::Duration};

use tokio::{
    sync::mpsc,
    time::{sleep, timeout},
};

use super::watch::Connections;

/// SIGINT or SIGTERM; Ctrl-C where there are no signals.
#[cfg(unix)]
pub(crate) async fn signals() {
    use tokio::signal::unix::{SignalKind, signal};
    match (signal(SignalKind::interrupt()), signal(SignalKind::terminate())) {
        (Ok(mut interrupt), Ok(mut terminate)) => {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        }
        (Err(error), _) | (_, Err(error)) => {
            tracing::error!(%error, "cannot listen for signals: no graceful shutdown");
            pending::<()>().await;
        }
    }
}

/// SIGINT or SIGTERM; Ctrl-C where there are no signals.
#[cfg(not(unix))]
pub(crate) async fn signals() {
    if let Err(error) = tokio::signal::ctrl_c().await {
        tracing::error!(%error, "cannot listen for Ctrl-C: no graceful shutdown");
        pending::<()>().await;
    }
}

/// How long connections that are cut may take to notice.
const CUT: Duration = Duration::from_millis(500);

/// Closes idle connections, and waits for running requests: at most `grace`, and not after a signal.
///
/// `open` is closed when no connection is left.
pub(super) async fn drain(connections: &Connections, mut open: mpsc::Receiver<Infallible>, grace: Duration) {
    connections.close();
    let (_, requests) = connections.count();
    tracing::info!(requests, "shutting down: running requests finish first, at most {grace:?}");
    let cause = tokio::select! {
        _ = open.recv() => {
            tracing::info!("shut down");
            return;
        }
        () = sleep(grace) => "the grace period is over",
        () = signals() => "a second signal",
        never = connections.keep_watch() => match never {},
    };
    let (connections_left, requests) = connections.count();
    tracing::warn!(requests, connections = connections_left, "cut off: {cause}");
    connections.cut();
    let _ = timeout(CUT, open.recv()).await;
}
