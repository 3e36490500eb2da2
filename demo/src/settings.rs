//! [`Settings`]: what the service is told by its environment.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, Subcommand};

use crate::api::{ApiKeys, InvalidKey};
use crate::engine::{EngineOptions, LoadLimits};

/// A dataset service: loads tables, transforms them, and serves them to other systems.
#[derive(Debug, Parser)]
#[command(name = "versify-demo", version, about, after_help = LOGS)]
pub struct Settings {
    /// What to do; without a command, to serve.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// The address to listen on. Without API keys only loopback can write, whatever it is.
    #[arg(long, env = "HOST", default_value = "127.0.0.1")]
    pub host: IpAddr,

    /// The port to listen on; 0 for a free one.
    #[arg(long, env = "PORT", default_value_t = 8000)]
    pub port: u16,

    /// The folder of the datasets.
    #[arg(long, env = "VERSIFY_DEMO_STORE", default_value = "data")]
    pub store: PathBuf,

    /// The hashes of the API keys with which one may write, divided by commas; `new-key` makes one.
    #[arg(long, env = "VERSIFY_DEMO_API_KEYS", value_delimiter = ',', hide_env_values = true)]
    pub api_keys: Vec<String>,

    /// The memory for all queries together, in MiB. What does not fit is written to disk, or refused.
    #[arg(long, env = "VERSIFY_DEMO_MEMORY", default_value_t = 256)]
    pub memory: u64,

    /// The memory for tables that were read lately, in MiB.
    #[arg(long, env = "VERSIFY_DEMO_CACHE", default_value_t = 96)]
    pub cache: u64,

    /// The disk for what does not fit into memory, in MiB.
    #[arg(long, env = "VERSIFY_DEMO_SPILL", default_value_t = 16 << 10)]
    pub spill: u64,

    /// How many threads one query may keep busy; by default all cores.
    #[arg(long, env = "VERSIFY_DEMO_THREADS")]
    pub threads: Option<usize>,

    /// How many queries may run at a time.
    #[arg(long, env = "VERSIFY_DEMO_QUERIES", default_value_t = 32)]
    pub queries: usize,

    /// How many seconds a query may run.
    #[arg(long, env = "VERSIFY_DEMO_QUERY_SECONDS", default_value_t = 30)]
    pub query_seconds: u64,

    /// How many jobs run at a time.
    #[arg(long, env = "VERSIFY_DEMO_JOBS", default_value_t = 2)]
    pub jobs: usize,

    /// How many seconds a job may run.
    #[arg(long, env = "VERSIFY_DEMO_JOB_SECONDS", default_value_t = 3600)]
    pub job_seconds: u64,

    /// The most bytes that a file may have when it is unpacked, in MiB.
    #[arg(long, env = "VERSIFY_DEMO_UNPACKED", default_value_t = 8 << 10)]
    pub unpacked: u64,

    /// The most rows that a dataset may have.
    #[arg(long, env = "VERSIFY_DEMO_ROWS", default_value_t = 1_000_000_000)]
    pub rows: u64,
}

const LOGS: &str = "\
Logs: RUST_LOG says what is logged (by default: info), VERSIFY_LOG_FORMAT=json that it is JSON.
Traces: OTEL_EXPORTER_OTLP_ENDPOINT says where OpenTelemetry's data go; without it there are none. The other variables that
OpenTelemetry has for it, OTEL_SERVICE_NAME say, are heard, too.
Metrics: Prometheus finds them at /metrics.";

/// What to do instead of serving.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum Command {
    /// Prints the OpenAPI document.
    Openapi,
    /// Makes an API key: prints the key, and its hash for VERSIFY_DEMO_API_KEYS.
    NewKey,
}

impl Settings {
    /// What the engine may use.
    pub fn engine(&self) -> EngineOptions {
        let standard = EngineOptions::default();
        EngineOptions {
            memory: usize::try_from(self.memory << 20).unwrap_or(usize::MAX),
            cache: self.cache << 20,
            spill: self.spill << 20,
            threads: self.threads.unwrap_or(standard.threads),
            queries: self.queries,
            query_time: Duration::from_secs(self.query_seconds),
            job_time: Duration::from_secs(self.job_seconds),
            jobs: self.jobs,
            load: LoadLimits { unpacked: self.unpacked << 20, rows: self.rows },
        }
    }

    /// The keys with which one may write.
    ///
    /// # Errors
    /// One of them is no hash.
    pub fn keys(&self) -> Result<ApiKeys, InvalidKey> {
        ApiKeys::new(self.api_keys.iter().map(String::as_str).filter(|hash| !hash.trim().is_empty()))
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_settings_are_consistent() {
        Settings::command().debug_assert();
    }
}
