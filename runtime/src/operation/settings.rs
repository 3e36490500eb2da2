//! [`Settings`]: what one operation of an app goes by.

use std::{
    any::TypeId,
    sync::{Arc, OnceLock},
};

use super::{
    BodyUse, Requirements,
    path_template::{Convertor, path_parameters},
};
use crate::{
    app::Names,
    dependency::{Overrides, RouteDependency},
    faults::Handlers,
    form::FormLimits,
    reply::Class,
    state::States,
};

/// What all operations of an app share.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shared {
    pub(crate) states: States,
    pub(crate) overrides: Overrides,
    pub(crate) handlers: Handlers,
    /// What runs after responses; a graceful shutdown waits for it.
    pub(crate) tracker: tokio_util::task::TaskTracker,
    /// Known once the app is built.
    pub(crate) names: OnceLock<Arc<Names>>,
}

impl Shared {
    /// What the app serves, by name.
    pub(crate) fn names(&self) -> Arc<Names> {
        self.names.get().cloned().unwrap_or_default()
    }
}

/// What an operation goes by, found out once: at the start of its app.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// Gives the name of the function, with its module's.
    pub(crate) function: fn() -> &'static str,
    /// Whether somebody may want to know what it does.
    #[cfg_attr(not(feature = "opentelemetry"), allow(dead_code))]
    pub(crate) traced: bool,
    pub(crate) shared: Arc<Shared>,
    /// The largest body in bytes.
    pub(crate) body_limit: u64,
    /// How much of a form is read.
    pub(crate) form_limits: FormLimits,
    /// Whether a body without a content type is no JSON.
    pub(crate) strict_content_type: bool,
    /// How its answers are written that are JSON otherwise.
    pub(crate) response_class: Option<Class>,
    /// What its arguments, and those of its dependencies, need of the body.
    pub(crate) body_use: BodyUse,
    /// Whether the values of the body stand under their names.
    pub(crate) embed: bool,
    /// Whether dependencies run before the body's own argument has found out that it is no JSON.
    pub(crate) checks_syntax: bool,
    /// The names in the path, those of the prefixes first.
    pub(crate) path_names: Vec<String>,
    /// What each of them may be, if one is said to be something.
    pub(crate) convertors: Vec<Convertor>,
    /// How many of them are in prefixes.
    pub(crate) prefixed: usize,
    /// What is resolved before the operation's own arguments.
    pub(crate) dependencies: Vec<RouteDependency>,
    /// The dependencies for which it matters which scopes are wanted.
    pub(crate) scoped: Vec<TypeId>,
}

impl Settings {
    /// 2 MiB: enough for forms and JSON, too little to hurt.
    pub(crate) const BODY_LIMIT: u64 = 2 << 20;

    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        Self {
            function: || "a front end",
            traced: false,
            shared,
            body_limit: Self::BODY_LIMIT,
            form_limits: FormLimits::new(),
            strict_content_type: true,
            response_class: None,
            body_use: BodyUse::None,
            embed: false,
            checks_syntax: false,
            path_names: Vec::new(),
            convertors: Vec::new(),
            prefixed: 0,
            dependencies: Vec::new(),
            scoped: Vec::new(),
        }
    }

    /// Of an operation on this path.
    pub(crate) fn on_path(self, template: &str) -> Self {
        let (names, convertors): (Vec<_>, Vec<_>) =
            path_parameters(template).map(|(name, convertor)| (name.to_owned(), convertor)).unzip();
        let plain = convertors.iter().all(|convertor| convertor.takes_all());
        Self { path_names: names, convertors: if plain { Vec::new() } else { convertors }, ..self }
    }

    /// With what the operation's description found out.
    pub(crate) fn requiring(self, requirements: Requirements) -> Self {
        let Requirements { body_use, embed, checks_syntax, scoped, answers_json, .. } = requirements;
        let response_class = self.response_class.filter(|_| answers_json);
        let checks_syntax = checks_syntax || !self.dependencies.is_empty();
        Self { body_use, embed, checks_syntax, scoped, response_class, ..self }
    }
}
