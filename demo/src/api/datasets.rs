//! Loading tables, and what is known of them.

use tokio::io::{AsyncWriteExt, BufWriter};
use versify::{BodyStream, prelude::*};

use super::{error::Result, models::Dataset};
use crate::engine::{CsvOptions, Engine};

/// The largest upload: 1 GiB.
const LARGEST_UPLOAD: u64 = 1 << 30;

/// Loads a CSV file as a new dataset.
///
/// The first line names the columns. Their types are inferred over the whole file; nothing between two commas, or
/// `NA`, is a missing value. A row that does not fit is an error that names its line, and then nothing is stored.
#[post("/datasets", status = 201, tags = ["datasets"], body_limit = LARGEST_UPLOAD)]
pub(super) async fn create_dataset(
    #[query(
        min_length = 1,
        max_length = 64,
        pattern = "^[a-z0-9][a-z0-9_-]*$",
        description = "The name of the dataset: a-z, 0-9, `_` and `-`.",
        examples = ["flights"]
    )]
    name: String,
    #[body(content_type = "text/csv", description = "The file.")] mut csv: BodyStream,
    engine: State<Engine>,
) -> Result<Dataset> {
    engine.check_free(&name).await?;
    let upload = engine.staging_file()?;
    let mut file = BufWriter::new(tokio::fs::File::create(upload.path()).await?);
    while let Some(bytes) = csv.next().await? {
        file.write_all(&bytes).await?;
    }
    file.flush().await?;
    Ok(engine.create(&name, upload, CsvOptions::default()).await?.into())
}

/// All datasets, by name.
#[get("/datasets", tags = ["datasets"])]
pub(super) async fn list_datasets(engine: State<Engine>) -> Result<Vec<Dataset>> {
    Ok(engine.list().await?.into_iter().map(Into::into).collect())
}

/// What is known of one dataset.
#[get("/datasets/{name}", tags = ["datasets"])]
pub(super) async fn read_dataset(name: String, engine: State<Engine>) -> Result<Dataset> {
    Ok(engine.get(&name).await?.into())
}
