//! Loading tables, and what is known of them.

use std::collections::BTreeMap;

use versify::{BodyStream, NoContent, UploadFile, prelude::*};

use super::error::{ApiError, Result};
use super::guard::writer;
use super::jobs::accepted;
use super::upload::{LARGEST_UPLOAD, Staged, load, stage, stage_file};
use crate::engine::{ColumnType, Dataset, DatasetName, Engine, Format, Job, Jobs, LoadOptions, Profile};

/// How to read a file.
#[model]
#[derive(Debug)]
pub(super) struct Reading {
    /// What the file is; by default what it looks like. It may be packed with gzip or Zstandard.
    format: Option<Format>,
    /// For CSV: what stands between two values; one character, or `tab`.
    #[field(default = ",", examples = [";"])]
    delimiter: String,
    /// For CSV: whether the first line names the columns. Else they are `column_1` and so on.
    #[field(default = true)]
    header: bool,
    /// For CSV: what stands for a missing value; by default nothing, and `NA`.
    #[field(default, alias = "null")]
    nulls: Vec<String>,
    /// Types that are not to be inferred, as `column:type`.
    #[field(default, alias = "type", examples = [["flight:text"]])]
    types: Vec<String>,
}

impl Reading {
    fn options(self) -> Result<LoadOptions> {
        let delimiter = match self.delimiter.as_bytes() {
            b"tab" => b'\t',
            [b'"' | b'\r' | b'\n'] => {
                return Err(ApiError::query("delimiter", "a quote or a newline divides no values", self.delimiter));
            }
            [byte] if byte.is_ascii() => *byte,
            _ => return Err(ApiError::query("delimiter", "write one ASCII character, or `tab`", self.delimiter)),
        };
        let mut types = BTreeMap::new();
        for text in self.types {
            let Some((column, name)) = text.rsplit_once(':') else {
                return Err(ApiError::query("type", "write `column:type`", text));
            };
            let Ok(kind) = serde_json::from_value::<ColumnType>(json!(name)) else {
                return Err(ApiError::query(
                    "type",
                    "a type is boolean, integer, float, text, date or timestamp",
                    text,
                ));
            };
            types.insert(column.to_owned(), kind);
        }
        let standard = LoadOptions::default();
        let nulls = if self.nulls.is_empty() { standard.nulls } else { self.nulls };
        Ok(LoadOptions { format: self.format, delimiter, header: self.header, nulls, types })
    }
}

/// Loads a file as a new dataset: CSV, JSON Lines, a JSON array or Parquet, as it is or packed with gzip or Zstandard.
///
/// Types are inferred over the whole file. A row that does not fit is an error that names its line, column and text,
/// and then nothing is stored. An answer of 201 means that the dataset is there for good, whatever happens next.
///
/// With an `Idempotency-Key` an upload can be repeated safely: the same file under the same key gets the same answer.
#[post("/datasets", status = 201, tags = ["datasets"], dependencies = [writer], body_limit = LARGEST_UPLOAD)]
pub(super) async fn create_dataset(
    /// Its name, which no other dataset has.
    #[query]
    name: DatasetName,
    #[query] reading: Reading,
    /// Any text, new for each upload.
    #[header(min_length = 1, max_length = 255)]
    idempotency_key: Option<String>,
    #[body(content_type = "application/octet-stream", description = "The file.")] file: BodyStream,
    engine: State<Engine>,
) -> Result<Response<Dataset>> {
    let options = reading.options()?;
    if idempotency_key.is_some() {
        return create(&engine, name, stage(&engine, file, idempotency_key).await?, options).await;
    }
    engine.check_free(&name).await?;
    Ok(created(load(&engine, file, async |file| engine.create(name, file, options, None).await).await?))
}

/// Loads a file that comes in a form, such as a browser's or curl's: `-F name=flights -F file=@flights.csv`.
#[post("/datasets/form", status = 201, tags = ["datasets"], dependencies = [writer], body_limit = LARGEST_UPLOAD)]
pub(super) async fn upload_dataset(
    /// Its name, which no other dataset has.
    #[form]
    name: DatasetName,
    /// The file.
    file: UploadFile,
    #[query] reading: Reading,
    /// Any text, new for each upload.
    #[header(min_length = 1, max_length = 255)]
    idempotency_key: Option<String>,
    engine: State<Engine>,
) -> Result<Response<Dataset>> {
    let options = reading.options()?;
    create(&engine, name, stage_file(&engine, file, idempotency_key).await?, options).await
}

async fn create(engine: &Engine, name: DatasetName, staged: Staged, options: LoadOptions) -> Result<Response<Dataset>> {
    let idempotency = staged.idempotency(&format!("{name} {options:?}"));
    if let Some(upload) = &idempotency
        && let Some(answered) = engine.answered(upload).await?
    {
        return Ok(created(answered));
    }
    Ok(created(engine.create(name, staged.file, options, idempotency.as_ref()).await?))
}

/// Adds the rows of a file to a dataset, as its next version. The versions before stay as they are.
///
/// The file has to have the dataset's columns, in any order; its values have to be of their types.
#[post("/datasets/{name}/rows", status = 201, tags = ["datasets"], dependencies = [writer], body_limit = LARGEST_UPLOAD)]
pub(super) async fn append_rows(
    name: String,
    #[query] reading: Reading,
    /// Any text, new for each upload.
    #[header(min_length = 1, max_length = 255)]
    idempotency_key: Option<String>,
    #[body(content_type = "application/octet-stream", description = "The file.")] file: BodyStream,
    engine: State<Engine>,
) -> Result<Response<Dataset>> {
    let options = reading.options()?;
    engine.get(&name, None).await?;
    if idempotency_key.is_none() {
        return Ok(created(load(&engine, file, async |file| engine.append(&name, file, options, None).await).await?));
    }
    let staged = stage(&engine, file, idempotency_key).await?;
    let idempotency = staged.idempotency(&format!("{name}/rows {options:?}"));
    if let Some(upload) = &idempotency
        && let Some(answered) = engine.answered(upload).await?
    {
        return Ok(created(answered));
    }
    Ok(created(engine.append(&name, staged.file, options, idempotency.as_ref()).await?))
}

fn created(dataset: Dataset) -> Response<Dataset> {
    let location = format!("/datasets/{}?version={}", dataset.name, dataset.version);
    Response::new(dataset).header("location", location)
}

/// All datasets, by name: the newest version of each.
#[get("/datasets", tags = ["datasets"])]
pub(super) async fn list_datasets(engine: State<Engine>) -> Result<Vec<Dataset>> {
    Ok(engine.list().await?)
}

/// What is known of one dataset, without its rows.
#[get("/datasets/{name}", tags = ["datasets"])]
pub(super) async fn read_dataset(
    name: String,
    /// Which version; the newest by default.
    #[query(ge = 1)]
    version: Option<u64>,
    engine: State<Engine>,
) -> Result<Dataset> {
    Ok(engine.get(&name, version).await?)
}

/// All versions of a dataset, the newest first.
#[get("/datasets/{name}/versions", tags = ["datasets"])]
pub(super) async fn list_versions(name: String, engine: State<Engine>) -> Result<Vec<Dataset>> {
    Ok(engine.versions(&name).await?)
}

/// What the values of each column are like: how many are missing, how they spread, which are frequent.
#[get("/datasets/{name}/profile", tags = ["datasets"])]
pub(super) async fn read_profile(
    name: String,
    /// Which version; the newest by default.
    #[query(ge = 1)]
    version: Option<u64>,
    engine: State<Engine>,
) -> Result<Profile> {
    Ok(engine.profile(&name, version).await?)
}

/// Ends a dataset, with all of its versions.
#[delete("/datasets/{name}", status = 204, tags = ["datasets"], dependencies = [writer])]
pub(super) async fn delete_dataset(name: String, engine: State<Engine>) -> Result<NoContent> {
    engine.delete(&name).await?;
    Ok(NoContent)
}

/// Runs the transform that made a dataset again, over the newest versions of what it read. The result is its next version.
#[post("/datasets/{name}/refresh", status = 202, tags = ["transforms"], dependencies = [writer])]
pub(super) async fn refresh_dataset(name: String, jobs: State<Jobs>) -> Result<Response<Job>> {
    Ok(accepted(jobs.refresh(&name).await?))
}
