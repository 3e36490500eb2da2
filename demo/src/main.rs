//! The dataset service: `cargo run -p versify-demo`.
//!
//! | variable | meaning | default |
//! |---|---|---|
//! | `HOST`, `PORT` | where it listens | `127.0.0.1`, `8000` |
//! | `VERSIFY_DEMO_STORE` | the folder of the datasets | `./data` |
//! | `RUST_LOG` | what is logged | `info` |

use std::error::Error;

use versify::tokio::runtime::Builder;
use versify_demo::{
    api,
    engine::{Engine, EngineOptions, Store},
    sample,
};

/// Query plans are trees, and an unoptimised build needs much stack to walk them.
const STACK: usize = 16 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    Builder::new_multi_thread().enable_all().thread_stack_size(STACK).build()?.block_on(async {
        let folder = std::env::var_os("VERSIFY_DEMO_STORE").unwrap_or_else(|| "data".into());
        let engine = Engine::new(Store::open(folder).await?, EngineOptions::default())?;
        sample::load_sample(&engine).await?;
        Ok(api::app(engine).serve().await?)
    })
}
