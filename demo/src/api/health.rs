//! Whether the service is well, for those who watch over it.

use versify::prelude::*;

use super::error::{ApiError, Result};
use crate::engine::Engine;

/// How the service is.
#[model(rename_all = "lowercase")]
#[derive(Debug)]
pub(super) enum Health {
    /// Well.
    Ok,
}

/// Answers as long as the process does: else it is to be started anew.
#[get("/health/live", tags = ["health"])]
pub(super) async fn live() -> Health {
    Health::Ok
}

/// Answers with 200 when requests can be served, else with 503.
#[get("/health/ready", tags = ["health"])]
pub(super) async fn ready(engine: State<Engine>) -> Result<Health> {
    match engine.check().await {
        Ok(()) => Ok(Health::Ok),
        Err(error) => {
            tracing::error!(error = error.in_full(), "not ready");
            Err(ApiError::Exhausted("the store does not answer".into()))
        }
    }
}
