use std::sync::Arc;

use datafusion::catalog::TableProvider;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::execution::SessionStateDefaults;
use datafusion::execution::memory_pool::{FairSpillPool, TrackConsumersPool};
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::session_state::{SessionState, SessionStateBuilder};
use datafusion::prelude::SessionConfig;

use super::dataset::Dataset;
use super::error::Result;
use super::store::Store;

/// What the engine may use.
#[derive(Debug, Clone)]
pub struct EngineOptions {
    /// Bytes of memory for all queries together. What does not fit is written to disk or refused.
    pub memory: usize,
    /// How many threads one query may keep busy.
    pub threads: usize,
}

impl Default for EngineOptions {
    /// 512 MiB and all cores.
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Self { memory: 512 << 20, threads }
    }
}

/// How queries are planned and run.
pub(super) struct Context {
    in_order: SessionState,
    parallel: SessionState,
}

impl Context {
    pub(super) fn new(store: &Store, options: EngineOptions) -> Result<Self> {
        let largest = std::num::NonZeroUsize::MIN.saturating_add(4);
        let pool = TrackConsumersPool::new(FairSpillPool::new(options.memory), largest);
        let runtime = RuntimeEnvBuilder::new()
            .with_memory_pool(Arc::new(pool))
            .with_temp_file_path(store.spill_folder())
            .build_arc()?;
        // The tables are all that a plan can reach.
        runtime.deregister_object_store(ObjectStoreUrl::local_filesystem().as_ref())?;
        runtime.register_object_store(ObjectStoreUrl::parse(TABLES)?.as_ref(), store.tables()?);

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
        Ok(Self { in_order: state(1), parallel: state(options.threads.max(1)) })
    }

    /// Runs a query on one thread, so that rows stay in the order of the table.
    pub(super) fn in_order(&self) -> &SessionState {
        &self.in_order
    }

    /// Runs a query on all threads, with rows in any order.
    pub(super) fn parallel(&self) -> &SessionState {
        &self.parallel
    }

    /// The rows of a dataset, to query.
    pub(super) async fn table(&self, store: &Store, dataset: &Dataset) -> Result<Arc<dyn TableProvider>> {
        let url = ListingTableUrl::parse(format!("{TABLES}{}", store.table_object(&dataset.name)?))?;
        let options = ListingOptions::new(Arc::new(ParquetFormat::new()));
        let config = ListingTableConfig::new(url).with_listing_options(options);
        let config = config.infer_schema(&self.in_order).await?;
        Ok(Arc::new(ListingTable::try_new(config)?))
    }
}

/// The tables of the store, wherever they are.
const TABLES: &str = "tables://store/";

/// Functions whose result can be far larger than what they are given: the memory pool does not see it.
const AMPLIFIERS: [&str; 3] = ["lpad", "repeat", "rpad"];
