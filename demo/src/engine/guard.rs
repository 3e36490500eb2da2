//! [`Guard`]: how many queries run, and for how long.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::error::{Error, Result};

/// How long a query waits for others to end.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many queries run, and for how long.
#[derive(Clone)]
pub(super) struct Guard {
    permits: Arc<Semaphore>,
    time: Duration,
}

impl Guard {
    pub(super) fn new(queries: usize, time: Duration) -> Self {
        Self { permits: Arc::new(Semaphore::new(queries.max(1))), time }
    }

    /// Runs a query, when it is its turn.
    pub(super) async fn run<T>(&self, query: impl Future<Output = Result<T>>) -> Result<T> {
        let _permit = self.permit().await?;
        timeout(self.time, query).await.map_err(|_| Error::TimedOut(self.time))?
    }

    /// Begins a query whose rows are sent as they come. The time of whoever takes them is not counted.
    pub(super) async fn stream<T: Send + 'static>(
        &self,
        query: impl Future<Output = Result<BoxStream<'static, Result<T>>>>,
    ) -> Result<BoxStream<'static, Result<T>>> {
        let permit = self.permit().await?;
        let time = self.time;
        let items = timeout(time, query).await.map_err(|_| Error::TimedOut(time))??;
        let next = move |(mut items, permit): (BoxStream<'static, Result<T>>, OwnedSemaphorePermit)| async move {
            match timeout(time, items.next()).await {
                Ok(item) => item.map(|item| (item, (items, permit))),
                Err(_) => Some((Err(Error::TimedOut(time)), (futures_util::stream::empty().boxed(), permit))),
            }
        };
        Ok(futures_util::stream::unfold((items, permit), next).boxed())
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit> {
        let permit = timeout(PATIENCE, Arc::clone(&self.permits).acquire_owned()).await.map_err(|_| Error::Busy)?;
        permit.map_err(|_| Error::Busy)
    }
}
