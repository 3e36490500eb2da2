//! An app that tells all that an app can tell, for the tests of what reaches others.

use versify::{OpenTelemetry, prelude::*};

#[get("/items/{item_id}")]
async fn read_item(item_id: u32) -> u32 {
    item_id
}

#[get("/fails")]
async fn fails() -> Result<()> {
    Err(std::io::Error::other("the disk is gone"))?;
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), versify::StartError> {
    App::new("Observed", "1.0.0")
        .routes(routes![read_item, fails])
        .request_ids()
        .log_requests()
        .metrics("/metrics")
        .opentelemetry(OpenTelemetry::new())
        .serve()
        .await
}
