//! An app becomes a service, or its document.

use super::{Above, App, Service, StartError, builder::Builder};

impl App {
    /// Makes the app ready to answer.
    ///
    /// # Errors
    /// [`StartError`] lists everything that is wrong with the app: routes and operation ids that stand for two
    /// operations, states that nobody provides, paths that cannot be served, patterns that are no regular expressions.
    /// An app with a lifespan is started with [`App::start`].
    #[cfg_attr(not(feature = "opentelemetry"), allow(unused_mut))]
    pub fn build(mut self) -> Result<Service, StartError> {
        if !self.started && !self.root.starters().is_empty() {
            return Err(self.not_started().into());
        }
        #[cfg(feature = "opentelemetry")]
        if let Some(settings) = &self.open_telemetry {
            self.observers.telemetry = crate::observe::otel::Telemetry::new(settings);
        }
        Builder::new(self).build()
    }

    /// The OpenAPI document in lines, for a file or a tool that makes clients; of the version that
    /// [`App::openapi_version`] says.
    ///
    /// Nothing is started for it: no lifespan runs, and states may be missing. [`App::cli`] prints it by itself.
    ///
    /// ```
    /// use versify::{openapi::OpenApiVersion, prelude::*};
    ///
    /// #[get("/")]
    /// async fn index(_pool: State<u64>) {}
    ///
    /// let app = App::new("Shop", "1.0.0").routes(routes![index]).openapi_version(OpenApiVersion::V3_0);
    /// let document = app.openapi().unwrap();
    /// assert!(document.starts_with("{\n  \"openapi\": \"3.0.3\""));
    /// ```
    ///
    /// # Errors
    /// What [`App::build`] finds, but for missing states.
    pub fn openapi(self) -> Result<String, StartError> {
        Builder::new(self).document()
    }

    /// Makes the providers of telemetry that nobody has given.
    #[cfg(feature = "opentelemetry")]
    pub(super) fn export_as_environment_says(&mut self) -> crate::observe::otel::Exports {
        let settings = self.open_telemetry.as_mut();
        settings
            .map(|settings| crate::observe::otel::Exports::of_environment(settings, &self.info.title))
            .unwrap_or_default()
    }

    pub(super) fn has_metrics(&self) -> bool {
        #[cfg(feature = "prometheus")]
        return self.metrics.is_some();
        #[cfg(not(feature = "prometheus"))]
        false
    }

    /// What anybody wants to know of its requests.
    pub(super) fn looked_at(&self) -> Above {
        Above {
            at_all: self.above.at_all || !self.observers.are_idle() || self.has_metrics(),
            ids: self.above.ids || self.observers.ids,
            inside: self.above.inside || self.observers.look_inside(),
        }
    }
}
