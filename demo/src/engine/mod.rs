//! Loads tables, keeps them and computes with them. Knows nothing of HTTP.

mod cells;
mod context;
mod csv;
mod dataset;
mod error;
mod fault;
mod pipeline;
mod predicate;
mod query;
mod rows;
mod schema;
mod store;
mod transform;

use std::sync::Arc;

pub use self::context::EngineOptions;
pub use self::csv::CsvOptions;
pub use self::dataset::{Dataset, DatasetName};
pub use self::error::{Error, Result};
pub use self::fault::{Fault, FaultKind, Location, Segment};
pub use self::query::Query;
pub use self::rows::{Records, Rows};
pub use self::schema::{Column, ColumnType};
pub use self::store::{StagingFile, Store};
pub use self::transform::{Aggregate, AggregateFunction, SortKey, Step};

use self::context::Context;
use self::pipeline::Pipeline;

/// A [`Store`] with the means to compute with what is in it. Cheap to clone: all clones share one memory pool.
#[derive(Clone)]
pub struct Engine {
    store: Store,
    context: Arc<Context>,
}

impl Engine {
    /// Builds the engine over a store.
    pub fn new(store: Store, options: EngineOptions) -> Result<Self> {
        let context = Arc::new(Context::new(&store, options)?);
        Ok(Self { store, context })
    }

    /// Refuses a name that no new dataset can have.
    pub async fn check_free(&self, name: &str) -> Result<()> {
        let name = DatasetName::new(name)?;
        match self.store.get(name.as_str()).await {
            Ok(_) => Err(Error::AlreadyExists { name: name.into() }),
            Err(_) => Ok(()),
        }
    }

    /// A file to write an upload to, which [`create`](Self::create) takes.
    pub fn staging_file(&self) -> Result<StagingFile> {
        self.store.staging_file()
    }

    /// Loads a CSV file as a new dataset.
    ///
    /// All or nothing: until this returns `Ok`, nobody sees the dataset. Dropping the future does not stop
    /// a load that has begun.
    pub async fn create(&self, name: &str, upload: StagingFile, options: CsvOptions) -> Result<Dataset> {
        let name = DatasetName::new(name)?;
        if self.store.get(name.as_str()).await.is_ok() {
            return Err(Error::AlreadyExists { name: name.into() });
        }
        let store = self.store.clone();
        tokio::task::spawn_blocking(move || {
            let table = csv::load(upload.path(), &options, store.table_file()?)?;
            store.commit(name, table)
        })
        .await?
    }

    /// All datasets, by name.
    pub async fn list(&self) -> Result<Vec<Dataset>> {
        self.store.list().await
    }

    /// One dataset.
    pub async fn get(&self, name: &str) -> Result<Dataset> {
        self.store.get(name).await
    }

    /// Reads rows of a dataset.
    ///
    /// Rows come in the order of the file they were loaded from, or in `order_by`'s with ties in the file's, so
    /// that pages neither overlap nor leave a row out.
    pub async fn rows(&self, name: &str, query: &Query) -> Result<Rows> {
        let dataset = self.store.get(name).await?;
        let sorted = !query.order_by.is_empty();
        let table = self.context.table(&self.store, &dataset).await?;
        let mut pipeline = Pipeline::new(self.context.in_order(), table, sorted)?;
        query.apply(&mut pipeline)?;
        let known = query.r#where.is_none().then_some(dataset.rows);
        pipeline.finish()?.page(query.offset, query.limit, known).await
    }

    /// Runs the steps over a dataset and returns the first rows of the result.
    ///
    /// All steps are checked before anything runs. Without an `aggregate` step rows keep the order of the dataset;
    /// its results are ordered by `group_by`.
    pub async fn preview(&self, name: &str, steps: &[Step], limit: u64) -> Result<Rows> {
        let dataset = self.store.get(name).await?;
        let table = self.context.table(&self.store, &dataset).await?;
        let plan = transform::Outline::of(steps);
        let state = if plan.aggregates { self.context.parallel() } else { self.context.in_order() };
        let mut pipeline = Pipeline::new(state, table, plan.sorts_source)?;
        transform::apply(steps, &mut pipeline)?;
        pipeline.finish()?.page(0, limit, None).await
    }
}

#[cfg(test)]
mod tests;
