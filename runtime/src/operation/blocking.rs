//! Functions that block, on threads that may.

/// Runs a plain `fn` on tokio's blocking threads, as FastAPI runs `def` in its pool.
///
/// A panic in it goes on in the caller, where it becomes a 500.
pub async fn blocking<T: Send + 'static>(function: impl FnOnce() -> T + Send + 'static) -> T {
    let function = within_request(function);
    match tokio::task::spawn_blocking(function).await {
        Ok(value) => value,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // Only a runtime that is shutting down cancels: nobody waits for this answer.
            Err(_) => std::future::pending().await,
        },
    }
}

/// What belongs to a request here belongs to it on the other thread, too.
fn within_request<T>(function: impl FnOnce() -> T) -> impl FnOnce() -> T {
    let span = tracing::Span::current();
    #[cfg(feature = "opentelemetry")]
    let context = opentelemetry::Context::current();
    move || {
        #[cfg(feature = "opentelemetry")]
        let _current = context.attach();
        span.in_scope(function)
    }
}
