use std::time::Duration;

use super::load::LoadLimits;

/// What the engine may use.
#[derive(Debug, Clone)]
pub struct EngineOptions {
    /// Bytes of memory for all queries together. What does not fit is written to disk or refused.
    pub memory: usize,
    /// Bytes of memory for tables that were read lately.
    pub cache: u64,
    /// Bytes of disk for what does not fit.
    pub spill: u64,
    /// How many threads one query may keep busy.
    pub threads: usize,
    /// How many queries may run at a time.
    pub queries: usize,
    /// How long a query may run.
    pub query_time: Duration,
    /// How long a job may run.
    pub job_time: Duration,
    /// How many jobs run at a time.
    pub jobs: usize,
    /// How large what is loaded may be.
    pub load: LoadLimits,
}

impl Default for EngineOptions {
    /// 256 MiB for queries, 96 MiB for tables, and all cores; 30 seconds for a query, an hour for a job; 8 GiB and a thousand million rows.
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            memory: 256 << 20,
            cache: 96 << 20,
            spill: 16 << 30,
            threads,
            queries: threads * 8,
            query_time: Duration::from_secs(30),
            job_time: Duration::from_secs(3600),
            jobs: 2,
            load: LoadLimits { unpacked: 8 << 30, rows: 1_000_000_000 },
        }
    }
}
