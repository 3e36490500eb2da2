//! [`Context`]: how queries are planned and run.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::{Schema, SchemaRef};
use datafusion::catalog::TableProvider;
use datafusion::datasource::MemTable;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::execution::SessionStateDefaults;
use datafusion::execution::memory_pool::{FairSpillPool, TrackConsumersPool};
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::session_state::{SessionState, SessionStateBuilder};
use datafusion::parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use datafusion::parquet::file::metadata::PageIndexPolicy;
use datafusion::parquet::file::metadata::RowGroupMetaData;
use datafusion::prelude::SessionConfig;
use futures_util::TryStreamExt;

use super::EngineOptions;
use super::error::Result;
use super::hot::Hot;
use super::object_reader::ObjectReader;
use super::pages::Pages;
use super::pipeline::States;
use super::query::Window;
use super::store::{Part, Store, Tables, Version};

/// How queries are planned and run.
pub(super) struct Context {
    in_order: SessionState,
    parallel: SessionState,
    tables: Tables,
    /// By version. Nothing in it can be out of date: versions do not change.
    opened: Mutex<HashMap<String, Opened>>,
    hot: Hot,
}

/// A version of a dataset, ready to be read.
#[derive(Clone)]
pub(super) struct Opened {
    pub(super) schema: SchemaRef,
    /// For queries.
    pub(super) provider: Arc<dyn TableProvider>,
    /// For reading rows by their place.
    pub(super) parts: Arc<[OpenedPart]>,
    /// All rows, if they are in memory.
    pub(super) batches: Option<Arc<[RecordBatch]>>,
}

impl Opened {
    /// How many bytes the rows have when they are unpacked, by what the files say.
    fn bytes(&self) -> u64 {
        let groups = self.parts.iter().flat_map(|part| part.metadata.metadata().row_groups());
        let packed: i64 = groups.map(RowGroupMetaData::total_byte_size).sum();
        let rows: u64 = self.parts.iter().map(|part| part.part.rows).sum();
        // Dictionaries and the like are undone: eight bytes a value, and what text there is.
        packed.unsigned_abs().max(rows * self.schema.fields().len() as u64 * 8)
    }
}

/// A Parquet file whose footer was read.
pub(super) struct OpenedPart {
    pub(super) part: Part,
    pub(super) metadata: ArrowReaderMetadata,
}

/// How many versions are kept ready.
const MOST_OPENED: usize = 256;

impl Context {
    pub(super) fn new(store: &Store, options: &EngineOptions) -> Result<Self> {
        let largest = NonZeroUsize::MIN.saturating_add(4);
        let pool = TrackConsumersPool::new(FairSpillPool::new(options.memory), largest);
        let runtime = RuntimeEnvBuilder::new()
            .with_memory_pool(Arc::new(pool))
            .with_temp_file_path(store.spill_folder())
            .with_max_temp_directory_size(options.spill)
            .build_arc()?;
        // The tables are all that a plan can reach.
        runtime.deregister_object_store(ObjectStoreUrl::local_filesystem().as_ref())?;
        runtime.register_object_store(ObjectStoreUrl::parse(TABLES)?.as_ref(), store.tables().objects());

        let config = |threads| {
            let mut config = SessionConfig::new().with_target_partitions(threads);
            // Names are what they are in the table, not what they are in lower case.
            config.options_mut().sql_parser.enable_ident_normalization = false;
            config
        };
        let state = |threads| {
            SessionStateBuilder::new()
                .with_config(config(threads))
                .with_runtime_env(Arc::clone(&runtime))
                .with_expr_planners(SessionStateDefaults::default_expr_planners())
                .with_scalar_functions(
                    SessionStateDefaults::default_scalar_functions()
                        .into_iter()
                        .filter(|function| !AMPLIFIERS.contains(&function.name()))
                        .collect(),
                )
                .with_aggregate_functions(SessionStateDefaults::default_aggregate_functions())
                .with_window_functions(SessionStateDefaults::default_window_functions())
                .build()
        };
        Ok(Self {
            in_order: state(1),
            parallel: state(options.threads.max(1)),
            tables: store.tables().clone(),
            opened: Mutex::default(),
            hot: Hot::new(options.cache),
        })
    }

    /// Runs a query on one thread, so that rows stay in the order of the table.
    pub(super) fn in_order(&self) -> &SessionState {
        &self.in_order
    }

    /// Runs a query on all threads, with rows in any order.
    pub(super) fn parallel(&self) -> &SessionState {
        &self.parallel
    }

    pub(super) fn states(&self) -> States<'_> {
        States { in_order: &self.in_order, parallel: &self.parallel }
    }

    /// The rows of a version, to read and to query. Those of small tables are soon in memory.
    pub(super) async fn open(self: &Arc<Self>, version: &Version) -> Result<Opened> {
        if let Some(hot) = self.hot.get(&version.id) {
            return Ok(hot);
        }
        let opened = self.open_files(version).await?;
        if self.hot.begin(&version.id, opened.bytes()) {
            let (context, id, opened) = (Arc::clone(self), version.id.clone(), opened.clone());
            tokio::spawn(async move {
                let read = context.read(opened).await;
                let read = read.inspect_err(|error| {
                    tracing::warn!(error = error.in_full(), "a table is not kept in memory");
                });
                context.hot.end(&id, read.ok());
            });
        }
        Ok(opened)
    }

    async fn read(self: &Arc<Self>, opened: Opened) -> Result<Opened> {
        let pages = Pages::new(Arc::clone(self), opened.clone(), &[])?;
        let batches: Vec<_> = pages.read(&Window::default()).try_collect().await?;
        let provider = Arc::new(MemTable::try_new(Arc::clone(&opened.schema), vec![batches.clone()])?);
        Ok(Opened { provider, batches: Some(batches.into()), ..opened })
    }

    async fn open_files(&self, version: &Version) -> Result<Opened> {
        if let Some(opened) = self.lock().get(&version.id) {
            return Ok(opened.clone());
        }
        let mut parts = Vec::with_capacity(version.parts.len());
        for part in &version.parts {
            let mut reader = self.reader(part);
            let options = ArrowReaderOptions::new().with_offset_index_policy(PageIndexPolicy::Optional);
            let metadata = ArrowReaderMetadata::load_async(&mut reader, options).await?;
            parts.push(OpenedPart { part: part.clone(), metadata });
        }
        // Values may be missing if they are in any part.
        let schema = Schema::try_merge(parts.iter().map(|part| part.metadata.schema().as_ref().clone()))?;
        let schema: SchemaRef = Arc::new(schema.with_metadata(HashMap::new()));
        let urls = version.parts.iter().map(|part| ListingTableUrl::parse(format!("{TABLES}{}", part.object)));
        let config = ListingTableConfig::new_with_multi_paths(urls.collect::<Result<_, _>>()?)
            .with_listing_options(ListingOptions::new(Arc::new(ParquetFormat::new())))
            .with_schema(Arc::clone(&schema));
        let provider = Arc::new(ListingTable::try_new(config)?);
        let opened = Opened { schema, provider, parts: parts.into(), batches: None };
        let mut cache = self.lock();
        if cache.len() >= MOST_OPENED {
            cache.clear();
        }
        cache.insert(version.id.clone(), opened.clone());
        Ok(opened)
    }

    pub(super) fn reader(&self, part: &Part) -> ObjectReader {
        ObjectReader::new(self.tables.objects(), part)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Opened>> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The tables of the store, wherever they are.
const TABLES: &str = "tables://store/";

/// Functions whose result can be far larger than what they are given: the memory pool does not see it.
const AMPLIFIERS: [&str; 3] = ["lpad", "repeat", "rpad"];
