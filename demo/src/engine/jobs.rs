//! [`Jobs`]: transforms that run in the background.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use datafusion::physical_plan::{ExecutionPlan, execute_stream};
use futures_util::{Stream, StreamExt, TryStreamExt};
use tokio::sync::{Notify, watch};
use tokio::task::AbortHandle;
use tokio::time::timeout;
use uuid::Uuid;

use super::Engine;
use super::dataset::{Dataset, DatasetName, Origin};
use super::error::{Error, Result};
use super::spool::spool;
use super::store::{Along, Claim, Job, JobState};
use super::task::{Task, Transform};

/// Transforms that run in the background, in the order that they were asked for. Cheap to clone.
#[derive(Clone)]
pub struct Jobs(Arc<Inner>);

struct Inner {
    engine: Engine,
    running: Mutex<HashMap<Uuid, Running>>,
    /// There may be a job to claim.
    added: Notify,
}

/// A job that runs in this process.
struct Running {
    progress: watch::Sender<Job>,
    task: Option<AbortHandle>,
}

/// How often to look whether another process has added a job, or put one back.
const LOOK: Duration = Duration::from_secs(2);

impl Jobs {
    /// Goes on with what an earlier process left, and runs what is asked for. To be called within a runtime.
    pub async fn start(engine: Engine) -> Result<Self> {
        let recovered = engine.store.catalog().recover_jobs().await?;
        if recovered > 0 {
            tracing::info!(jobs = recovered, "interrupted jobs begin again");
        }
        let workers = engine.options.jobs.max(1);
        let jobs = Self(Arc::new(Inner { engine, running: Mutex::default(), added: Notify::new() }));
        for _ in 0..workers {
            let worker = Arc::downgrade(&jobs.0);
            tokio::spawn(async move {
                while let Some(inner) = worker.upgrade() {
                    let jobs = Self(inner);
                    match jobs.0.engine.store.catalog().claim_job().await {
                        Ok(Some(claim)) => jobs.run(claim).await,
                        Ok(None) => drop(timeout(LOOK, jobs.0.added.notified()).await),
                        // It was the last.
                        Err(_) if jobs.0.engine.store.is_closed() => return,
                        Err(error) => {
                            tracing::error!(error = error.in_full(), "no job can be claimed");
                            tokio::time::sleep(LOOK).await;
                        }
                    }
                }
            });
        }
        Ok(jobs)
    }

    /// Checks a transform against the columns of what it reads, and adds it to the queue. Its result is a new dataset.
    pub async fn submit(&self, transform: Transform, target: DatasetName) -> Result<Job> {
        let engine = &self.0.engine;
        engine.check_free(&target).await?;
        self.add(transform, &target, false).await
    }

    /// Runs the transform that made a dataset again, if what it read has newer versions. Its result is the next version.
    pub async fn refresh(&self, name: &str) -> Result<Job> {
        let dataset = self.0.engine.get(name, None).await?;
        let Origin::Transform { dataset: source, steps, sources, .. } = dataset.origin else {
            return Err(Error::Conflict(format!("the dataset `{name}` was not made by a transform")));
        };
        let version = sources.iter().find(|read| read.dataset == source && read.pinned).map(|read| read.version);
        let transform = Transform { dataset: source, version, steps };
        if self.0.engine.sources(&transform).await? == sources {
            return Err(Error::Conflict(format!(
                "the dataset `{name}` is up to date: nothing that it was made of has changed"
            )));
        }
        self.add(transform, &dataset.name, true).await
    }

    async fn add(&self, transform: Transform, target: &DatasetName, refresh: bool) -> Result<Job> {
        let engine = &self.0.engine;
        engine.guard.run(engine.plan(&transform, &[])).await?;
        let sources = engine.sources(&transform).await?;
        let job = engine.store.catalog().add_job(target, &Task { transform, sources, refresh }).await?;
        self.0.added.notify_one();
        Ok(job)
    }

    /// A job, as far as it is now.
    pub async fn get(&self, id: Uuid) -> Result<Job> {
        let known = self.lock().get(&id).map(|running| running.progress.borrow().clone());
        match known {
            Some(job) if !job.state.is_final() => Ok(job),
            _ => self.0.engine.store.catalog().job(id).await,
        }
    }

    /// Jobs, the newest first.
    pub async fn list(&self, limit: u64) -> Result<Vec<Job>> {
        let mut jobs = self.0.engine.store.catalog().jobs(limit).await?;
        let running = self.lock();
        for job in &mut jobs {
            if let Some(running) = running.get(&job.id).filter(|_| job.state == JobState::Running) {
                *job = running.progress.borrow().clone();
            }
        }
        Ok(jobs)
    }

    /// Stops a job. It ends `cancelled`, and leaves nothing behind.
    pub async fn cancel(&self, id: Uuid) -> Result<Job> {
        let catalog = self.0.engine.store.catalog();
        let is_stopped = catalog.cancel_job(id).await?;
        let job = catalog.job(id).await?;
        if !is_stopped {
            return Err(Error::Conflict(format!("the job has come to its end: it {}", words(job.state))));
        }
        if let Some(running) = self.lock().get(&id) {
            if let Some(task) = &running.task {
                task.abort();
            }
            running.progress.send_replace(job.clone());
        }
        Ok(job)
    }

    /// A job each time that it gets further, until its end.
    pub async fn follow(&self, id: Uuid) -> Result<impl Stream<Item = Job> + Send + use<>> {
        let first = self.get(id).await?;
        let jobs = self.clone();
        let next = |(jobs, last, is_first): (Self, Job, bool)| async move {
            if is_first {
                return Some((last.clone(), (jobs, last, false)));
            }
            if last.state.is_final() {
                return None;
            }
            let job = jobs.change(&last).await.ok()?;
            Some((job.clone(), (jobs, job, false)))
        };
        Ok(futures_util::stream::unfold((jobs, first, true), next))
    }

    /// Waits until a job is further than it was.
    async fn change(&self, last: &Job) -> Result<Job> {
        loop {
            let receiver = self.lock().get(&last.id).map(|running| running.progress.subscribe());
            match receiver {
                Some(mut receiver) => drop(timeout(LOOK, receiver.changed()).await),
                // It waits for its turn, or runs elsewhere.
                None => tokio::time::sleep(PAUSE).await,
            }
            let job = self.get(last.id).await?;
            if job != *last {
                return Ok(job);
            }
        }
    }

    async fn run(&self, Claim { job }: Claim) {
        let id = job.id;
        let span = tracing::info_span!("job", %id, target = job.target.as_str());
        tracing::info!(parent: &span, "begins");
        let (progress, _) = watch::channel(job.clone());
        self.lock().insert(id, Running { progress: progress.clone(), task: None });
        let work = self.clone();
        let task = tokio::spawn(async move { work.work(&job, &progress).await });
        if let Some(running) = self.lock().get_mut(&id) {
            running.task = Some(task.abort_handle());
        }
        // It may have been cancelled before there was something to abort.
        let catalog = self.0.engine.store.catalog();
        if catalog.job(id).await.is_ok_and(|job| job.state == JobState::Cancelled) {
            task.abort();
        }
        let failure = match task.await {
            Ok(Ok(dataset)) => {
                tracing::info!(parent: &span, rows = dataset.rows, version = dataset.version, "is done");
                None
            }
            Err(error) if error.is_cancelled() => {
                tracing::info!(parent: &span, "was cancelled");
                None
            }
            Ok(Err(Error::Cancelled)) => None,
            Ok(Err(error @ Error::Storage(_))) => {
                tracing::error!(parent: &span, error = error.in_full(), "failed");
                Some("the service failed; its log tells more".to_owned())
            }
            Ok(Err(error)) => {
                tracing::info!(parent: &span, %error, "failed");
                Some(error.to_string())
            }
            Err(error) => {
                tracing::error!(parent: &span, %error, "failed");
                Some("the service failed; its log tells more".to_owned())
            }
        };
        if let Some(failure) = failure
            && let Err(error) = catalog.fail_job(id, &failure).await
        {
            tracing::error!(parent: &span, error = error.in_full(), "its failure cannot be noted");
        }
        let running = self.lock().remove(&id);
        if let Some(running) = running
            && let Ok(job) = catalog.job(id).await
        {
            running.progress.send_replace(job);
        }
    }

    async fn work(&self, job: &Job, progress: &watch::Sender<Job>) -> Result<Dataset> {
        let engine = &self.0.engine;
        timeout(engine.options.job_time, self.transform(job, progress))
            .await
            .map_err(|_| Error::TimedOut(engine.options.job_time))?
    }

    async fn transform(&self, job: &Job, progress: &watch::Sender<Job>) -> Result<Dataset> {
        let engine = &self.0.engine;
        let Task { transform, sources, refresh } = &job.task;
        let frame = engine.plan(transform, sources).await?.frame;
        let schema = Arc::new(frame.schema().as_arrow().clone());
        let context = Arc::new(frame.task_ctx());
        let plan = frame.create_physical_plan().await?;
        let mut expected = 0;
        for source in sources {
            expected += engine.get(&source.dataset, Some(source.version)).await?.rows;
        }
        let batches = execute_stream(Arc::clone(&plan), context)?.map_err(Error::from).boxed();
        let file = engine.store.temporary_file()?;
        let watched = Arc::clone(&plan);
        let mut rows = 0;
        let report = progress.clone();
        let writing = spool(batches, file, schema, engine.options.load.rows, move |batch| {
            rows += batch.num_rows() as u64;
            report.send_modify(|job| {
                job.rows = rows;
                job.progress = share(read(&watched), expected).max(job.progress);
            });
        });
        let reading = async {
            loop {
                tokio::time::sleep(PAUSE).await;
                let part = share(read(&plan), expected);
                progress.send_if_modified(|job| {
                    let is_further = part > job.progress;
                    job.progress = job.progress.max(part);
                    is_further
                });
            }
        };
        let table = first(writing, reading).await?;
        let origin = Origin::Transform {
            job: job.id,
            dataset: transform.dataset.clone(),
            steps: transform.steps.clone(),
            sources: sources.clone(),
        };
        if *refresh {
            let previous = engine.get(job.target.as_str(), None).await?;
            engine.store.replace(&previous, table, origin, Along::Job(job.id)).await
        } else {
            engine.store.create(job.target.clone(), table, origin, Along::Job(job.id)).await
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, Running>> {
        self.0.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How often progress is told when no rows come.
const PAUSE: Duration = Duration::from_millis(200);

/// What the first future gives, while the second runs beside it.
async fn first<T>(main: impl Future<Output = T>, beside: impl Future<Output = ()>) -> T {
    tokio::pin!(main, beside);
    tokio::select! {
        value = &mut main => value,
        () = &mut beside => main.await,
    }
}

/// How many rows the sources of a running plan have given.
fn read(plan: &Arc<dyn ExecutionPlan>) -> u64 {
    let children = plan.children();
    if children.is_empty() {
        return plan.metrics().and_then(|metrics| metrics.output_rows()).unwrap_or_default() as u64;
    }
    children.into_iter().map(read).sum()
}

fn share(read: u64, expected: u64) -> f64 {
    // Whatever is read twice or left out: not done before it is.
    if expected == 0 { 0.0 } else { (read as f64 / expected as f64).min(0.99) }
}

fn words(state: JobState) -> &'static str {
    match state {
        JobState::Failed => "failed",
        JobState::Cancelled => "was cancelled",
        _ => "is done",
    }
}
