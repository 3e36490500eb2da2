//! [`Dispatcher`]: gives each request to the app of its case.

use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

use versify::{
    RootPath, Service, Started,
    poem::{
        self, Endpoint, Request, Response,
        http::{StatusCode, header::HOST},
    },
    tokio::{self, sync::Mutex},
};

use super::cases;

/// Environment variables of a case.
pub type Environment = BTreeMap<String, String>;

tokio::task_local! {
    static ENVIRONMENT: Environment;
}

/// The variables that the test has set for the case, while it is built and while it answers.
pub fn environment() -> Environment {
    static NONE: LazyLock<Environment> = LazyLock::new(Environment::new);
    ENVIRONMENT.try_with(Clone::clone).unwrap_or_else(|_| NONE.clone())
}

/// Apps by case and environment, each made when it is first asked for.
#[derive(Default)]
pub struct Dispatcher(Mutex<HashMap<(&'static str, Environment), Started>>);

impl Dispatcher {
    async fn service(&self, name: &str, environment: &Environment) -> Option<Service> {
        let (name, app) = cases().find(|(known, _)| *known == name)?;
        let mut started = self.0.lock().await;
        let key = (name, environment.clone());
        if !started.contains_key(&key) {
            started.insert(key.clone(), app().start().await.unwrap());
        }
        started.get(&key).map(|started| started.service().clone())
    }

    /// Ends all apps of a case.
    async fn stop(&self, name: &str) {
        let mut started = self.0.lock().await;
        let ended: Vec<_> = started.keys().filter(|(known, _)| *known == name).cloned().collect();
        for key in ended {
            if let Some(app) = started.remove(&key) {
                app.stop().await;
            }
        }
    }

    async fn answer(&self, name: &str, environment: &Environment, request: Request) -> Response {
        let control = request.uri().path().strip_prefix("/__conformance__/");
        if matches!(control, Some("reset" | "shutdown")) {
            self.stop(name).await;
        }
        if control == Some("shutdown") {
            return StatusCode::NO_CONTENT.into();
        }
        match (self.service(name, environment).await, control) {
            (None, _) => StatusCode::NOT_IMPLEMENTED.into(),
            (Some(_), Some("reset")) => StatusCode::NO_CONTENT.into(),
            (Some(service), _) => service.answer(request).await,
        }
    }
}

impl Endpoint for Dispatcher {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let mut mark = |name: &str| {
            let mark = request.headers_mut().remove(name)?;
            mark.to_str().ok().map(str::to_owned)
        };
        let (case, root, environment) =
            (mark("x-conformance-case"), mark("x-conformance-root-path"), mark("x-conformance-env"));
        let case = case.or_else(|| request.header(HOST).map(str::to_owned)).unwrap_or_default();
        if let Some(root) = root {
            RootPath::new(&root).enter(&mut request);
        }
        let environment = environment.unwrap_or_default();
        let pairs = url::form_urlencoded::parse(environment.as_bytes()).into_owned();
        let environment: Environment = pairs.collect();
        Ok(ENVIRONMENT.scope(environment.clone(), self.answer(&case, &environment, request)).await)
    }
}
