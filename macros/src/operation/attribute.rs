//! [`Attribute`]: what stands in the brackets.

use proc_macro2::TokenStream;
use syn::{
    Expr, ExprLit, ExprPath, Ident, Lit, LitInt, LitStr, Token, Type,
    parse::{ParseStream, Parser},
};

use super::responses::Responses;
use crate::{ctxt::Ctxt, nearest, options::Options, path_template::PathTemplate};

/// Which methods the attribute stands for.
pub(crate) enum Methods {
    /// `#[get]`.
    One(&'static str),
    /// `#[route(method = ..)]`.
    Declared,
    /// `#[websocket]`.
    Socket,
}

const METHODS: [&str; 8] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"];

/// The options of `form_limits(..)`.
pub(crate) const FORM_LIMITS: [&str; 3] = ["max_fields", "max_files", "max_part_size"];

pub(crate) const OPTIONS: [&str; 29] = [
    "status",
    "tags",
    "summary",
    "description",
    "operation_id",
    "response_description",
    "deprecated",
    "include_in_schema",
    "body_limit",
    "form_limits",
    "strict_content_type",
    "inline",
    "operation",
    "embed",
    "dependencies",
    "middleware",
    "layers",
    "timeout",
    "responses",
    "openapi_extra",
    "callbacks",
    "response",
    "response_class",
    "include",
    "exclude",
    "exclude_none",
    "exclude_defaults",
    "exclude_unset",
    "etag",
];

/// The attribute of an operation.
pub(super) struct Attribute {
    pub(super) methods: Vec<String>,
    /// Whether it talks over a WebSocket.
    pub(super) websocket: bool,
    pub(super) path: PathTemplate,
    pub(super) status: Option<Expr>,
    pub(super) tags: Vec<Expr>,
    pub(super) summary: Option<LitStr>,
    pub(super) description: Option<LitStr>,
    pub(super) operation_id: Option<LitStr>,
    pub(super) response_description: Option<LitStr>,
    pub(super) deprecated: bool,
    pub(super) include_in_schema: bool,
    pub(super) body_limit: Option<Expr>,
    /// Each with its value.
    pub(super) form_limits: Vec<(Ident, Expr)>,
    pub(super) strict_content_type: Option<bool>,
    pub(super) inline: bool,
    pub(super) embed: bool,
    pub(super) struct_name: Option<Ident>,
    pub(super) dependencies: Vec<RouteDependency>,
    pub(super) middleware: Vec<Expr>,
    pub(super) layers: Vec<Expr>,
    pub(super) timeout: Option<Expr>,
    pub(super) responses: Responses,
    pub(super) openapi_extra: Option<Expr>,
    /// Operations that the client serves.
    pub(super) callbacks: Vec<Expr>,
    /// The type that is answered, if it is not what the function returns.
    pub(super) response: Option<Type>,
    pub(super) response_class: Option<Type>,
    pub(super) selection: Option<Selection>,
    /// Whether what is returned is a part of `response`.
    pub(super) exclude_unset: bool,
    /// Whether answers have an entity tag, and whether it is weak.
    pub(super) etag: Option<bool>,
}

/// Which fields of the answer are written.
pub(super) struct Selection {
    pub(super) none: bool,
    pub(super) defaults: bool,
    pub(super) include: Vec<LitStr>,
    pub(super) exclude: Vec<LitStr>,
}

impl Selection {
    fn new(options: &Options, cx: &Ctxt) -> Option<Self> {
        let texts = |key| if options.get(key).is_some() { options.texts(key, cx) } else { Vec::new() };
        let selection = Self {
            none: options.flag("exclude_none", cx),
            defaults: options.flag("exclude_defaults", cx),
            include: texts("include"),
            exclude: texts("exclude"),
        };
        let Self { none, defaults, include, exclude } = &selection;
        (*none || *defaults || !include.is_empty() || !exclude.is_empty()).then_some(selection)
    }
}

/// `exclude_unset`, beside `response = Item`.
fn exclude_unset(options: &Options, cx: &Ctxt) -> bool {
    let exclude = options.flag("exclude_unset", cx);
    if let (true, None, Some(span)) = (exclude, options.get("response"), options.span("exclude_unset")) {
        cx.error_at(
            span,
            "say of which model a part is answered, `response = Item`, and return the type of its `partial`; \
             a field that is a `Patch<..>` is left out when it is unset, without this",
        );
    }
    exclude
}

/// `etag`, `etag = "weak"`.
fn etag(options: &Options, cx: &Ctxt) -> Option<bool> {
    let item = options.get("etag")?;
    match &item.value {
        None => Some(false),
        Some(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) if text.value() == "weak" => Some(true),
        Some(Expr::Lit(ExprLit { lit: Lit::Bool(value), .. })) => value.value.then_some(false),
        Some(other) => {
            cx.error(other, "write `etag`, or `etag = \"weak\"`");
            None
        }
    }
}

/// A dependency of which the function wants nothing but that it does not fail: `token`, `user("items")`.
pub(super) struct RouteDependency {
    pub(super) path: syn::Path,
    pub(super) scopes: Vec<Expr>,
}

impl RouteDependency {
    fn new(value: Expr, cx: &Ctxt) -> Option<Self> {
        match value {
            Expr::Path(ExprPath { path, .. }) => Some(Self { path, scopes: Vec::new() }),
            Expr::Call(syn::ExprCall { func, args, .. }) if matches!(*func, Expr::Path(_)) => {
                let Expr::Path(ExprPath { path, .. }) = *func else { return None };
                Some(Self { path, scopes: args.into_iter().collect() })
            }
            other => {
                cx.error(
                    other,
                    "name annotated functions: `dependencies = [token]`, with OAuth2 scopes `[user(\"items\")]`",
                );
                None
            }
        }
    }
}

impl Attribute {
    /// `declared`: the function has no body.
    pub(super) fn parse(methods: Methods, tokens: TokenStream, declared: bool, cx: &Ctxt) -> Option<Self> {
        let parsed = (|input: ParseStream<'_>| {
            if !input.peek(LitStr) {
                return Err(input.error("the path comes first, as a text: `\"/items/{item_id}\"`"));
            }
            let path: LitStr = input.parse()?;
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
            Ok((path, input.parse::<TokenStream>()?))
        })
        .parse2(tokens);
        let (path, rest) = cx.ok(parsed)?;
        let options = Options::parse(rest, cx);
        let (attribute, known): (_, Vec<&str>) = match methods {
            Methods::One(method) => (format!("#[{}]", method.to_lowercase()), OPTIONS.to_vec()),
            Methods::Socket => ("#[websocket]".to_owned(), vec!["operation"]),
            Methods::Declared => ("#[route]".to_owned(), OPTIONS.iter().copied().chain(["method"]).collect()),
        };
        options.check(&attribute, &known, cx);
        let path = PathTemplate::new(path, declared, cx);
        let websocket = matches!(methods, Methods::Socket);
        let methods = match methods {
            Methods::Socket => Vec::new(),
            Methods::One(method) => vec![method.to_owned()],
            Methods::Declared => declared_methods(&options, &path.text, cx),
        };
        let status = options.expr("status", "201", cx);
        if let Some(status) = &status {
            check_status(status, cx);
        }
        Some(Self {
            methods,
            websocket,
            path,
            status,
            tags: options.list("tags", "[\"items\"]", cx).unwrap_or_default(),
            summary: options.text("summary", cx),
            description: options.text("description", cx),
            operation_id: options.text("operation_id", cx),
            response_description: options.text("response_description", cx),
            deprecated: options.flag("deprecated", cx),
            include_in_schema: options.boolean("include_in_schema", cx).unwrap_or(true),
            body_limit: options.expr("body_limit", "64 * 1024", cx),
            form_limits: form_limits(&options, cx),
            strict_content_type: options.boolean("strict_content_type", cx),
            inline: options.flag("inline", cx),
            embed: options.flag("embed", cx),
            dependencies: options
                .get("dependencies")
                .and_then(|_| options.list("dependencies", "[token]", cx))
                .unwrap_or_default()
                .into_iter()
                .filter_map(|value| RouteDependency::new(value, cx))
                .collect(),
            middleware: options
                .get("middleware")
                .and_then(|_| options.list("middleware", "[log_errors]", cx))
                .unwrap_or_default(),
            layers: options
                .get("layers")
                .and_then(|_| options.list("layers", "[RateLimit::per_minute(10)]", cx))
                .unwrap_or_default(),
            timeout: timeout(&options, cx),
            responses: options
                .brackets("responses", "404 = \"The item was not found\"", cx)
                .map(|tokens| Responses::parse(tokens, cx))
                .unwrap_or_default(),
            response: options.ty("response", "PublicUser", cx),
            response_class: options.ty("response_class", "JsonApi", cx),
            selection: Selection::new(&options, cx),
            exclude_unset: exclude_unset(&options, cx),
            etag: etag(&options, cx),
            openapi_extra: options.expr("openapi_extra", "json!({\"x-internal\": true})", cx),
            callbacks: options
                .get("callbacks")
                .and_then(|_| options.list("callbacks", "[order_shipped]", cx))
                .unwrap_or_default()
                .into_iter()
                .filter(|callback| is_path(callback, cx))
                .collect(),
            struct_name: options.expr("operation", "ReadItemOperation", cx).and_then(|name| ident(name, cx)),
        })
    }
}

fn is_path(callback: &Expr, cx: &Ctxt) -> bool {
    let is_path = matches!(callback, Expr::Path(_));
    if !is_path {
        cx.error(callback, "name annotated functions: `callbacks = [order_shipped]`");
    }
    is_path
}

fn ident(name: Expr, cx: &Ctxt) -> Option<Ident> {
    match &name {
        Expr::Path(ExprPath { path, .. }) if path.get_ident().is_some() => path.get_ident().cloned(),
        _ => {
            cx.error(name, "write the name of the struct to make: `operation = ReadItemOperation`");
            None
        }
    }
}

/// `form_limits(max_fields = 5)`.
fn form_limits(options: &Options, cx: &Ctxt) -> Vec<(Ident, Expr)> {
    let Some(limits) = options.nested("form_limits", "max_part_size = 2 * 1024 * 1024", cx) else { return Vec::new() };
    limits.check("form_limits", &FORM_LIMITS, cx);
    let limit = |word: &str| Some((Ident::new(word, limits.span(word)?), limits.expr(word, "5", cx)?));
    FORM_LIMITS.into_iter().filter_map(limit).collect()
}

/// `timeout = Duration::from_secs(5)`.
fn timeout(options: &Options, cx: &Ctxt) -> Option<Expr> {
    let value = options.expr("timeout", "Duration::from_secs(5)", cx)?;
    if let Expr::Lit(_) = &value {
        cx.error(&value, "a time has a unit: `timeout = Duration::from_secs(5)`");
        return None;
    }
    Some(value)
}

/// `method = "GET"`, `method = GET`, `method = [GET, POST]`.
fn declared_methods(options: &Options, path: &LitStr, cx: &Ctxt) -> Vec<String> {
    let Some(value) = options.get("method").and_then(|item| item.value.clone()) else {
        cx.error(path, "`#[route]` needs to know its methods: add `, method = [GET, POST]`");
        return Vec::new();
    };
    let listed = match value {
        Expr::Array(array) => array.elems.into_iter().collect(),
        single => vec![single],
    };
    let mut methods = Vec::new();
    for method in listed {
        let name = match &method {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            Expr::Path(ExprPath { path, .. }) => path.get_ident().map(ToString::to_string),
            _ => None,
        };
        match name.map(|name| name.to_ascii_uppercase()) {
            Some(name) if METHODS.contains(&name.as_str()) => methods.push(name),
            Some(name) => cx.error(&method, nearest::unknown("method", &name, &METHODS)),
            None => cx.error(&method, "write a method: `GET`"),
        }
    }
    methods
}

fn check_status(status: &Expr, cx: &Ctxt) {
    if let Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) = status {
        if !is_status(number) {
            cx.error(status, format!("{number} is no HTTP status; write one from 100 to 599, such as `status = 201`"));
        }
    } else if matches!(status, Expr::Lit(_)) {
        cx.error(status, "a status is a number: `status = 201`");
    }
}

/// Whether a number is an HTTP status.
pub(crate) fn is_status(number: &LitInt) -> bool {
    number.base10_parse::<u16>().is_ok_and(|number| (100..=599).contains(&number))
}
