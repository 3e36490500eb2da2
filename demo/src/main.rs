//! The dataset service: `cargo run -p versify-demo`. `--help` tells of its settings.

use std::error::Error;
use std::time::Duration;

use clap::Parser;
use uuid::Uuid;
use versify::tokio::runtime::Builder;
use versify_demo::{
    api::{self, ApiKeys},
    engine::{Engine, Jobs, Store},
    sample,
    settings::{Command, Settings},
};

/// Query plans are trees, and an unoptimised build needs much stack to walk them.
const STACK: usize = 16 << 20;

/// How long the end waits for what cannot be interrupted.
const LINGER: Duration = Duration::from_secs(5);

fn main() -> Result<(), Box<dyn Error>> {
    let settings = Settings::parse();
    let runtime = Builder::new_multi_thread().enable_all().thread_stack_size(STACK).build()?;
    let result = runtime.block_on(async {
        match settings.command {
            None => serve(&settings).await,
            Some(Command::Openapi) => {
                println!("{}", api::app().openapi()?);
                Ok(())
            }
            Some(Command::NewKey) => {
                let key = format!("vd_{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
                println!("key   {key}\nhash  {}", ApiKeys::hash(&key));
                Ok(())
            }
        }
    });
    // Whatever still runs begins again at the next start, or was never acknowledged.
    runtime.shutdown_timeout(LINGER);
    result
}

async fn serve(settings: &Settings) -> Result<(), Box<dyn Error>> {
    let keys = settings.keys().map_err(|error| error.to_string())?;
    let store = Store::open(&settings.store).await?;
    let engine = Engine::new(store.clone(), settings.engine())?;
    sample::load_sample(&engine).await?;
    let jobs = Jobs::start(engine.clone()).await?;
    let app = api::app().state(engine).state(jobs).state(keys);
    app.host(settings.host.to_string()).port(settings.port).serve().await?;
    store.close().await;
    Ok(())
}
