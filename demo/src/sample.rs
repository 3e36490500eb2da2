//! The sample that a new store starts with.

use std::io::Write;

use crate::engine::{Engine, Error, LoadOptions};

/// The name of the sample dataset.
pub const NAME: &str = "penguins";

/// The Palmer penguins; `demo/data/LICENSE-CC0.md` tells their origin.
const PENGUINS: &[u8] = include_bytes!("../data/penguins.csv");

/// Loads the Palmer penguins, unless the store has a dataset of that name.
pub async fn load_sample(engine: &Engine) -> Result<(), Error> {
    if engine.get(NAME, None).await.is_ok() {
        return Ok(());
    }
    let staged = engine.staging_file()?;
    std::fs::File::create(staged.path())?.write_all(PENGUINS)?;
    match engine.create(NAME.parse().map_err(Error::storage)?, staged, LoadOptions::default(), None).await {
        // Someone uploaded one in the meantime: it is theirs.
        Err(Error::AlreadyExists { .. }) => Ok(()),
        result => result.map(drop),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{EngineOptions, Store};

    #[tokio::test]
    async fn the_sample_is_loaded_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        let engine = Engine::new(store, EngineOptions::default()).unwrap();
        load_sample(&engine).await.unwrap();
        let first = engine.get(NAME, None).await.unwrap();
        assert_eq!(first.rows, 344);
        load_sample(&engine).await.unwrap();
        assert_eq!(engine.list().await.unwrap(), [first]);
    }
}
