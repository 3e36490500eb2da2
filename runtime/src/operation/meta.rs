//! [`OperationMeta`]: what a method attribute says.

use std::time::Duration;

use poem::http::StatusCode;

use super::Route;
use crate::{dependency::RouteDependency, form::FormLimits, middleware::Layer, openapi::SourceLocation, reply::Class};

/// What a method attribute (`#[get("/items", tags = ["items"])]`) says, as a constant.
#[derive(Debug, Clone, Copy)]
pub struct OperationMeta {
    pub(crate) methods: &'static [&'static str],
    pub(crate) path: &'static str,
    pub(crate) function: &'static str,
    pub(crate) location: SourceLocation,
    pub(crate) tags: &'static [&'static str],
    pub(crate) summary: Option<&'static str>,
    pub(crate) description: Option<&'static str>,
    pub(crate) operation_id: Option<&'static str>,
    pub(crate) response_description: Option<&'static str>,
    pub(crate) status: Option<u16>,
    pub(crate) deprecated: bool,
    pub(crate) include_in_schema: bool,
    pub(crate) body_limit: Option<u64>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) form_limits: FormLimits,
    pub(crate) strict_content_type: Option<bool>,
    pub(crate) response_class: Option<Class>,
    pub(crate) embed: bool,
    pub(crate) dependencies: &'static [RouteDependency],
    pub(crate) layers: &'static [fn() -> Layer],
    pub(crate) websocket: bool,
    /// Whether others serve it: it is documented, and nothing else.
    pub(crate) declared: bool,
    pub(crate) callbacks: &'static [Route],
    pub(crate) openapi_extra: Option<fn() -> serde_json::Value>,
    pub(crate) selected: &'static [&'static str],
}

/// A constant that is a status: a number or a [`StatusCode`].
#[derive(Debug, Clone, Copy)]
pub struct StatusOf<T>(pub T);

impl StatusOf<u16> {
    /// The number.
    #[must_use]
    pub const fn code(self) -> u16 {
        self.0
    }
}

impl StatusOf<StatusCode> {
    /// The number.
    #[must_use]
    pub const fn code(self) -> u16 {
        self.0.as_u16()
    }
}

macro_rules! setters {
    ($($name:ident: $type:ty, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[must_use]
        pub const fn $name(mut self, value: $type) -> Self {
            self.$name = Some(value);
            self
        }
    )*};
}

impl OperationMeta {
    /// An operation of which only what is necessary is said.
    #[must_use]
    pub const fn new(
        methods: &'static [&'static str],
        path: &'static str,
        function: &'static str,
        file: &'static str,
        line: u32,
    ) -> Self {
        Self {
            methods,
            path,
            function,
            location: SourceLocation { file, line },
            tags: &[],
            summary: None,
            description: None,
            operation_id: None,
            response_description: None,
            status: None,
            deprecated: false,
            include_in_schema: true,
            body_limit: None,
            timeout: None,
            form_limits: FormLimits::new(),
            strict_content_type: None,
            response_class: None,
            embed: false,
            dependencies: &[],
            layers: &[],
            websocket: false,
            declared: false,
            callbacks: &[],
            openapi_extra: None,
            selected: &[],
        }
    }

    setters! {
        summary: &'static str, "`summary`; by default the function's name in words.";
        description: &'static str, "`description`; by default the doc comment.";
        operation_id: &'static str, "`operationId`; by default made of name, path and method.";
        response_description: &'static str, "`description` of the answer; by default `Successful Response`.";
        status: u16, "The status of the answer; 200 by default.";
        openapi_extra: fn() -> serde_json::Value, "Merged into what the document says of the operation.";
        timeout: Duration, "How long it may take to answer; by default as the router or the app says.";
        body_limit: u64, "The largest body in bytes; by default the app's.";
        strict_content_type: bool, "Whether a body without a content type is no JSON; by default as the app says.";
        response_class: Class, "How the answer is written that is JSON otherwise; by default as the app says.";
    }

    /// How much of a form is read; what is not said, the router or the app says.
    #[must_use]
    pub const fn form_limits(mut self, limits: FormLimits) -> Self {
        self.form_limits = limits;
        self
    }

    /// `tags`.
    #[must_use]
    pub const fn tags(mut self, tags: &'static [&'static str]) -> Self {
        self.tags = tags;
        self
    }

    /// Marked as deprecated.
    #[must_use]
    pub const fn deprecated(mut self, deprecated: bool) -> Self {
        self.deprecated = deprecated;
        self
    }

    /// Whether the document shows it.
    #[must_use]
    pub const fn include_in_schema(mut self, shown: bool) -> Self {
        self.include_in_schema = shown;
        self
    }

    /// Whether the values of the body stand under their names.
    #[must_use]
    pub const fn embed(mut self, embed: bool) -> Self {
        self.embed = embed;
        self
    }

    /// It answers no requests: it talks over a WebSocket.
    #[must_use]
    pub const fn websocket(mut self) -> Self {
        self.websocket = true;
        self
    }

    /// Others serve it: it is documented as a callback or a webhook.
    #[must_use]
    pub const fn declared(mut self) -> Self {
        self.declared = true;
        self
    }

    /// What the client serves, and the app calls.
    #[must_use]
    pub const fn callbacks(mut self, callbacks: &'static [Route]) -> Self {
        self.callbacks = callbacks;
        self
    }

    /// What is resolved before the function's own arguments.
    #[must_use]
    pub const fn dependencies(mut self, dependencies: &'static [RouteDependency]) -> Self {
        self.dependencies = dependencies;
        self
    }

    /// Middleware around the operation, innermost first.
    #[must_use]
    pub const fn layers(mut self, layers: &'static [fn() -> Layer]) -> Self {
        self.layers = layers;
        self
    }

    /// The fields of the answer that are named to be written, or to be left out.
    #[must_use]
    pub const fn selected(mut self, names: &'static [&'static str]) -> Self {
        self.selected = names;
        self
    }

    /// The status of the answer.
    #[must_use]
    pub fn status_code(&self) -> poem::http::StatusCode {
        self.status
            .and_then(|status| poem::http::StatusCode::from_u16(status).ok())
            .unwrap_or(poem::http::StatusCode::OK)
    }
}
