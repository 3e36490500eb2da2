//! Loads tables, keeps them and computes with them. Knows nothing of HTTP.

mod cells;
mod context;
mod dataset;
mod error;
mod export;
mod expression;
mod fault;
mod guard;
mod hot;
mod jobs;
mod load;
mod object_reader;
mod options;
mod pages;
mod pipeline;
mod profile;
mod query;
mod records;
mod rows;
mod schema;
mod spool;
mod sql;
mod steps;
mod store;
mod task;

use std::sync::Arc;

use futures_util::{StreamExt, TryStreamExt};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

pub use self::dataset::{Dataset, DatasetName, Origin, Source};
pub use self::error::{Error, Result};
pub use self::export::{Export, ExportFormat};
pub use self::fault::{Fault, FaultKind, Location, Segment};
pub use self::jobs::Jobs;
pub use self::load::{Format, LoadLimits, LoadOptions};
pub use self::options::EngineOptions;
pub use self::profile::{Bucket, ColumnProfile, Frequency, Profile, Quantile};
pub use self::query::{Query, Window};
pub use self::records::Records;
pub use self::rows::{Answer, Page, Rows};
pub use self::schema::{Column, ColumnType};
pub use self::steps::{
    Aggregate, AggregateFunction, BinMethod, FillMethod, Invalid, JoinColumns, JoinKey, JoinKind, Scalar, SortKey,
    Step, WindowFunction,
};
pub use self::store::{Growth, Idempotency, Job, JobState, StagingFile, Store};
pub use self::task::{Task, Transform};

use self::context::Context;
use self::guard::Guard;
use self::pages::Pages;
use self::pipeline::{Inputs, Pipeline, Plan};
use self::query::Cursor;
use self::store::{Along, Version};

/// A [`Store`] with the means to compute with what is in it. Cheap to clone: all clones share one memory pool.
#[derive(Clone)]
pub struct Engine {
    store: Store,
    context: Arc<Context>,
    guard: Guard,
    options: Arc<EngineOptions>,
    early: Arc<Semaphore>,
}

/// Uploads that are loaded while they come. Each keeps threads waiting for its client, so there are few.
const EARLY: usize = 4;

impl Engine {
    /// Builds the engine over a store.
    pub fn new(store: Store, options: EngineOptions) -> Result<Self> {
        let context = Arc::new(Context::new(&store, &options)?);
        let guard = Guard::new(options.queries, options.query_time);
        let early = Arc::new(Semaphore::new(EARLY));
        Ok(Self { store, context, guard, options: Arc::new(options), early })
    }

    /// Whether the store answers.
    pub async fn check(&self) -> Result<()> {
        self.store.catalog().ping().await
    }

    /// Refuses a name that a dataset has.
    pub async fn check_free(&self, name: &DatasetName) -> Result<()> {
        match self.store.catalog().exists(name.as_str()).await? {
            true => Err(Error::AlreadyExists { name: name.to_string() }),
            false => Ok(()),
        }
    }

    /// A file to write an upload to, which [`create`](Self::create) takes.
    pub fn staging_file(&self) -> Result<StagingFile> {
        self.store.staging_file()
    }

    /// The right to load a file while it [grows](StagingFile::grow), if few others do.
    pub fn early(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.early).try_acquire_owned().ok()
    }

    /// What was answered to an earlier upload with this key, if there was one.
    pub async fn answered(&self, upload: &Idempotency) -> Result<Option<Dataset>> {
        self.store.catalog().answered(upload).await
    }

    /// Loads a file as a new dataset.
    ///
    /// All or nothing: until this returns `Ok`, nobody sees the dataset; from then on it outlasts a crash.
    pub async fn create(
        &self,
        name: DatasetName,
        upload: StagingFile,
        options: LoadOptions,
        idempotency: Option<&Idempotency>,
    ) -> Result<Dataset> {
        self.check_free(&name).await?;
        let loaded = self.load(upload, options, None).await?;
        let origin = Origin::Upload { format: loaded.format };
        let along = idempotency.map_or(Along::Nothing, Along::Upload);
        self.store.create(name, loaded.table, origin, along).await
    }

    /// Loads a file as rows that come after those of a dataset: as its next version.
    ///
    /// The file has to have the dataset's columns, of which it is told the types.
    pub async fn append(
        &self,
        name: &str,
        upload: StagingFile,
        options: LoadOptions,
        idempotency: Option<&Idempotency>,
    ) -> Result<Dataset> {
        let previous = self.store.catalog().version(name, None).await?;
        let like = self.context.open(&previous).await?.schema;
        let loaded = self.load(upload, options, Some(like)).await?;
        let origin = Origin::Append { format: loaded.format, rows: loaded.table.rows };
        let along = idempotency.map_or(Along::Nothing, Along::Upload);
        self.store.append(previous, loaded.table, origin, along).await
    }

    async fn load(
        &self,
        upload: StagingFile,
        options: LoadOptions,
        like: Option<datafusion::arrow::datatypes::SchemaRef>,
    ) -> Result<load::Loaded> {
        let (store, limits) = (self.store.clone(), self.options.load);
        let load = move || load::load(&upload, &options, like.as_deref(), limits, &store);
        match tokio::task::spawn_blocking(load).await {
            Ok(loaded) => loaded,
            // A decoder gave up on what nobody thought of: it is the file that is broken.
            Err(error) if error.is_panic() => Err(Error::unreadable()),
            Err(error) => Err(error.into()),
        }
    }

    /// All datasets, by name: the newest version of each.
    pub async fn list(&self) -> Result<Vec<Dataset>> {
        self.store.catalog().list().await
    }

    /// One dataset; its newest version if none is named.
    pub async fn get(&self, name: &str, version: Option<u64>) -> Result<Dataset> {
        Ok(self.store.catalog().version(name, version).await?.dataset)
    }

    /// All versions of a dataset, the newest first.
    pub async fn versions(&self, name: &str) -> Result<Vec<Dataset>> {
        self.store.catalog().versions(name).await
    }

    /// Ends a dataset, with all of its versions.
    pub async fn delete(&self, name: &str) -> Result<()> {
        self.store.delete(name).await
    }

    /// What the rows of a version depend on: something else as soon as they could be others.
    pub async fn identity(&self, name: &str, version: Option<u64>) -> Result<String> {
        Ok(self.store.catalog().version(name, version).await?.id)
    }

    /// A page of rows.
    ///
    /// Rows come in the order of the file they were loaded from, or in `order_by`'s with ties in the file's, so
    /// that pages neither overlap nor leave a row out.
    pub async fn rows(
        &self,
        name: &str,
        version: Option<u64>,
        query: &Query,
        window: &Window,
        cursor: Option<&str>,
    ) -> Result<Page> {
        let cursor = cursor.map(|cursor| Cursor::parse(cursor)?.check(query)).transpose()?;
        if cursor.is_some_and(|cursor| version.is_some_and(|version| version != cursor.version)) {
            return Err(query::wrong("the cursor belongs to another version"));
        }
        let version = self.store.catalog().version(name, cursor.map(|cursor| cursor.version).or(version)).await?;
        let offset = cursor.map_or(window.offset, |cursor| cursor.offset);
        let window = Window { offset, limit: window.limit };
        let known = cursor.map(|cursor| cursor.total);
        let rows = self.guard.run(self.read(&version, query, &window, known)).await?;
        let end = offset.saturating_add(rows.rows.len() as u64);
        let next = (end < rows.total && !rows.rows.is_empty()).then(|| {
            let query = query.fingerprint();
            Cursor { version: version.dataset.version, offset: end, total: rows.total, query }.to_string()
        });
        Ok(Page { version: version.dataset.version, rows, next })
    }

    async fn read(&self, version: &Version, query: &Query, window: &Window, total: Option<u64>) -> Result<Rows> {
        let opened = self.context.open(version).await?;
        if query.is_plain() {
            let pages = Pages::new(Arc::clone(&self.context), opened, &query.select)?;
            let schema = Arc::clone(&pages.schema);
            let batches = pages.read(window).try_collect().await?;
            return Ok(Rows::new(&schema, version.dataset.rows, batches));
        }
        let known = query.r#where.is_none().then_some(version.dataset.rows);
        self.select(opened, query)?.page(window, total.or(known)).await
    }

    fn select(&self, opened: context::Opened, query: &Query) -> Result<Plan> {
        let sorts = !query.order_by.is_empty();
        let mut pipeline = Pipeline::new(self.context.in_order(), opened.provider, sorts)?;
        query.apply(&mut pipeline)?;
        pipeline.finish()
    }

    /// All rows of a query, to be sent as they come.
    pub async fn export(&self, name: &str, version: Option<u64>, query: &Query, window: &Window) -> Result<Export> {
        let version = self.store.catalog().version(name, version).await?;
        let opened = self.context.open(&version).await?;
        let (schema, batches) = if query.is_plain() {
            let pages = Pages::new(Arc::clone(&self.context), opened, &query.select)?;
            let schema = Arc::clone(&pages.schema);
            let batches = pages.read(window);
            (schema, self.guard.stream(async { Ok(batches) }).await?)
        } else {
            let frame = self.select(opened, query)?.frame;
            let fetch = window.limit.map(|limit| usize::try_from(limit).unwrap_or(usize::MAX));
            let frame = frame.limit(usize::try_from(window.offset).unwrap_or(usize::MAX), fetch)?;
            let schema = Arc::new(frame.schema().as_arrow().clone());
            let run = async { Ok(frame.execute_stream().await?.map_err(Error::from).boxed()) };
            (schema, self.guard.stream(run).await?)
        };
        Ok(Export { version: version.dataset.version, schema, batches, store: self.store.clone() })
    }

    /// Runs the steps over a dataset and returns the first rows of the result.
    ///
    /// All steps are checked before anything runs. Without an `aggregate` step rows keep the order of the dataset;
    /// its results are ordered by `group_by`.
    pub async fn preview(&self, transform: &Transform, limit: u64) -> Result<Rows> {
        let run = async {
            let window = Window { limit: Some(limit), offset: 0 };
            self.plan(transform, &[]).await?.page(&window, None).await
        };
        self.guard.run(run).await
    }

    /// What the values of each column are like. Computed once for each version.
    pub async fn profile(&self, name: &str, version: Option<u64>) -> Result<Profile> {
        let version = self.store.catalog().version(name, version).await?;
        if let Some(profile) = self.store.catalog().profile(&version.id).await? {
            return Ok(serde_json::from_str(&profile)?);
        }
        let run = async {
            let table = self.context.open(&version).await?.provider;
            profile::columns(self.context.parallel(), table, version.dataset.rows).await
        };
        let columns = self.guard.run(run).await?;
        let Dataset { name, version: number, rows, .. } = version.dataset;
        let profile = Profile { dataset: name, version: number, rows, columns };
        self.store.catalog().keep_profile(&version.id, &serde_json::to_string(&profile)?).await?;
        Ok(profile)
    }

    /// Runs a query in SQL that reads, for at most so many rows.
    pub async fn sql(&self, sql: &str, limit: u64) -> Result<Answer> {
        let run = async { sql::plan(sql, &self.store, &self.context).await?.answer(limit).await };
        self.guard.run(run).await
    }

    /// The query of a transform, over those versions that are named, else the newest.
    async fn plan(&self, transform: &Transform, sources: &[Source]) -> Result<Plan> {
        let mut inputs = Inputs::new();
        for (name, asked) in transform.inputs() {
            let noted = sources.iter().find(|source| source.dataset == name && source.pinned == asked.is_some());
            let noted = noted.filter(|source| asked.is_none_or(|asked| asked == source.version));
            let number = noted.map(|source| source.version).or(asked);
            match self.store.catalog().version(name, number).await {
                Ok(version) => {
                    let provider = self.context.open(&version).await?.provider;
                    inputs.insert((name.to_owned(), asked), provider);
                }
                // That of a step is a fault of the step.
                Err(Error::NotFound { .. } | Error::NoVersion { .. })
                    if (name, asked) != (transform.dataset.as_str(), transform.version) => {}
                Err(error) => return Err(error),
            }
        }
        let table = inputs.get(&(transform.dataset.clone(), transform.version)).cloned();
        let table = table.ok_or_else(|| Error::NotFound { name: transform.dataset.clone() })?;
        Pipeline::of(&transform.steps, table, &inputs, &self.context.states()).await
    }

    /// The versions that a transform would read now.
    async fn sources(&self, transform: &Transform) -> Result<Vec<Source>> {
        let mut sources = Vec::new();
        for (name, asked) in transform.inputs() {
            let version = self.store.catalog().version(name, asked).await?.dataset.version;
            sources.push(Source { dataset: name.into(), version, pinned: asked.is_some() });
        }
        Ok(sources)
    }
}

#[cfg(test)]
mod tests;
