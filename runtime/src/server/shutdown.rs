//! The signals that end a server.

/// Completes at SIGINT (Ctrl-C) or SIGTERM (what service managers send).
#[cfg(unix)]
pub(crate) async fn signals() {
    use tokio::signal::unix::{SignalKind, signal};
    let wait = |kind| async move {
        match signal(kind) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            // Without handlers the signal ends the process, as it does by default.
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = wait(SignalKind::interrupt()) => {}
        () = wait(SignalKind::terminate()) => {}
    }
}

/// Completes at Ctrl-C.
#[cfg(not(unix))]
pub(crate) async fn signals() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
