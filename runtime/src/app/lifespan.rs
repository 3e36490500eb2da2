//! [`Lifespan`]: what is done before the first request and after the last.

use std::{fmt, future::Future, pin::Pin, sync::Arc};

use super::{App, Service, StartError, StartFault};
use crate::{openapi::SourceLocation, state::States};

/// Any error, as `?` makes it.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

type Stop = Box<dyn FnOnce() -> Pin<Box<dyn Future<Output = ()> + Send>> + Send>;
type Starting = Pin<Box<dyn Future<Output = Result<Lifespan, BoxError>> + Send>>;

/// What was made at the start: states for the operations, and what is to be done at the end.
///
/// ```
/// use versify::{Lifespan, prelude::*};
///
/// #[derive(Clone)]
/// struct Pool;
/// # impl Pool { async fn connect() -> std::io::Result<Pool> { Ok(Pool) } async fn close(self) {} }
///
/// #[get("/")]
/// async fn index(_pool: State<Pool>) {}
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), versify::StartError> {
/// let app = App::new("Shop", "1.0.0").routes(routes![index]).lifespan(async || {
///     let pool = Pool::connect().await?;
///     Ok(Lifespan::new().state(pool.clone()).on_stop(async move || pool.close().await))
/// });
/// # app.start().await?.stop().await;
/// # Ok(())
/// # }
/// ```
#[derive(Default)]
#[must_use = "it does nothing until `App::lifespan` gets it"]
pub struct Lifespan {
    states: States,
    stop: Vec<Stop>,
}

impl Lifespan {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives the operations a shared value, as [`App::state`] does.
    pub fn state<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        self.states.insert(Arc::new(value));
        self
    }

    /// What is done when the last request is over and its background tasks are done. What was added last runs first.
    pub fn on_stop<F, R>(mut self, stop: F) -> Self
    where
        F: FnOnce() -> R + Send + 'static,
        R: Future<Output = ()> + Send + 'static,
    {
        self.stop.push(Box::new(move || Box::pin(stop())));
        self
    }
}

impl fmt::Debug for Lifespan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lifespan").field("states", &self.states).finish_non_exhaustive()
    }
}

/// A function that starts something.
#[derive(Clone)]
pub(super) struct Starter {
    start: Arc<dyn Fn() -> Starting + Send + Sync>,
    /// Where it was given.
    at: SourceLocation,
}

impl Starter {
    #[track_caller]
    pub(super) fn new<F, R>(start: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<Lifespan, BoxError>> + Send + 'static,
    {
        Self { start: Arc::new(move || Box::pin(start())), at: SourceLocation::caller() }
    }
}

impl fmt::Debug for Starter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Starter")
    }
}

/// An app that has started: its lifespans are running.
#[derive(Debug)]
#[must_use = "call `stop` at the end"]
pub struct Started {
    service: Service,
    lifespans: Vec<Lifespan>,
    #[cfg(feature = "opentelemetry")]
    exports: crate::observe::otel::Exports,
}

impl Started {
    /// What answers requests.
    #[must_use]
    pub fn service(&self) -> &Service {
        &self.service
    }

    /// Waits for background tasks, and then does what was to be done at the end, last in, first out.
    pub async fn stop(self) {
        self.service.background_done().await;
        stop(self.lifespans).await;
        #[cfg(feature = "opentelemetry")]
        self.exports.shut_down().await;
    }
}

async fn stop(mut lifespans: Vec<Lifespan>) {
    while let Some(mut lifespan) = lifespans.pop() {
        while let Some(stop) = lifespan.stop.pop() {
            stop().await;
        }
    }
}

impl App {
    /// The fault of an app that is built without its lifespans.
    pub(super) fn not_started(&self) -> StartFault {
        StartFault::NotStarted { lifespans: self.root.starters().iter().map(|starter| starter.at).collect() }
    }

    /// Runs the lifespans and makes the app ready to answer; [`App::serve`] does this by itself.
    ///
    /// # Errors
    /// What [`App::build`] finds, and the error of a lifespan.
    pub async fn start(mut self) -> Result<Started, StartError> {
        #[cfg(feature = "opentelemetry")]
        let exports = self.export_as_environment_says();
        let mut lifespans = Vec::new();
        let states = &self.shared.states;
        let unread = self.unread_settings.iter().any(|(id, _)| !states.has(*id));
        // What a lifespan connects to may be among the settings: all faults are told before one runs.
        if unread {
            let not_started = self.not_started();
            self.started = true;
            return Err(match self.build() {
                Err(error) => error,
                Ok(_) => not_started.into(),
            });
        }
        for starter in self.root.starters() {
            match (starter.start)().await {
                Ok(mut lifespan) => {
                    self.shared.states.extend(std::mem::take(&mut lifespan.states));
                    lifespans.push(lifespan);
                }
                Err(error) => {
                    stop(lifespans).await;
                    return Err(StartFault::Lifespan { source: error, at: starter.at }.into());
                }
            }
        }
        self.started = true;
        match self.build() {
            Ok(service) => Ok(Started {
                service,
                lifespans,
                #[cfg(feature = "opentelemetry")]
                exports,
            }),
            Err(error) => {
                stop(lifespans).await;
                Err(error)
            }
        }
    }
}
