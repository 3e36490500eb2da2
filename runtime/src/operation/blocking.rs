//! Functions that block, on threads that may.

/// Runs a plain `fn` on tokio's blocking threads, as FastAPI runs `def` in its pool.
///
/// A panic in it goes on in the caller, where it becomes a 500.
pub async fn blocking<T: Send + 'static>(function: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(function).await {
        Ok(value) => value,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // Only a runtime that is shutting down cancels: nobody waits for this answer.
            Err(_) => std::future::pending().await,
        },
    }
}
