//! The attribute macros of [versify](https://docs.rs/versify), which documents them.
//!
//! Each declaration is parsed into a model of what was written, checked (all faults at once, each at its own token), and
//! expanded into calls to the runtime. What was annotated is always emitted, faults or not.

mod ctxt;
mod doc_comment;
mod editor;
mod errors;
#[cfg(test)]
mod expansions;
mod field;
mod keys;
mod krate;
mod map_keys;
mod model;
mod nearest;
mod operation;
mod options;
mod path_template;
mod routes;
mod spanned;

use proc_macro::TokenStream;

use self::krate::krate;

macro_rules! methods {
    ($($name:ident $method:literal $doc:literal)*) => {$(
        #[doc = $doc]
        ///
        /// The path comes first; `{name}` in it is the argument `name`, `{name:path}` one that holds slashes.
        ///
        /// | option | meaning | default |
        /// |---|---|---|
        /// | `status = 201` | status of the answer | 200 |
        /// | `tags = ["items"]` | groups in the documentation | none |
        /// | `summary = ".."` | title in the documentation | the function's name in words |
        /// | `description = ".."` | text in the documentation | the doc comment |
        /// | `response_description = ".."` | what the answer is | `Successful Response` |
        /// | `operation_id = ".."` | name of the operation for generated clients | name, path and method |
        /// | `deprecated` | marks it as deprecated | `#[deprecated]` on the function |
        /// | `include_in_schema = false` | leaves it out of the document | `true` |
        /// | `body_limit = 1024` | largest body in bytes | the app's |
        /// | `form_limits(max_fields = 5)` | how much of a form is read: `max_fields`, `max_files`, `max_part_size` | the app's |
        /// | `strict_content_type = false` | a body without a content type is JSON | the app's |
        /// | `embed` | a single body stands under its name | `false` |
        /// | `inline` | a plain `fn` runs on the async thread; for functions that never wait | `false` |
        /// | `dependencies = [checked]` | dependencies whose values it does not need | none |
        /// | `middleware = [..]`, `layers = [..]` | what is wrapped around it: functions, and what `App::layer` takes | none |
        /// | `timeout = Duration::from_secs(5)` | how long it may take to answer | the router's or the app's |
        /// | `response = PublicUser` | the type that is answered, made with `From` of what is returned (in a `Result`, `Vec` or `Option`, too) | what is returned |
        /// | `response_class = JsonApi` | how JSON answers are written | the router's or the app's |
        /// | `exclude_none`, `exclude_defaults` | fields that are null, or have their default, are not written | `false` |
        /// | `exclude_unset` | beside `response = Item`: of its `partial`, which is returned, what is unset is not written | `false` |
        /// | `include = ["name"]`, `exclude = ["owner.name"]` | the only fields that are written, those that are not | all |
        /// | `etag`, `etag = "weak"` | JSON answers have an `ETag`; who has that gets a 304 | `false` |
        /// | `responses(404 = ..)` | further answers in the documentation | none |
        /// | `callbacks = [order_shipped]` | functions without a body: what the app asks of the client | none |
        /// | `openapi_extra = json!({..})` | merged into the operation in the document | nothing |
        /// | `operation = Name` | name of the struct that stands for the operation | the function's |
        ///
        /// In `responses(..)` a status (or `"4XX"`, or `default`) has a description, `404 = "Not here"`, or
        /// `404 = (model = Message, description = "..", content_type = "..", example = json!({..}))`, or is a
        /// `ResponseDoc`; `..function()` adds those of a `Responses`.
        ///
        /// An argument says where it comes from with `#[path]`, `#[query]`, `#[header]`, `#[cookie]`, `#[body]`,
        /// `#[form]`, `#[file]` or `#[extract]` (any of poem's extractors); else its name (path) or its type decides. In
        /// the brackets stand its constraints, its default and its documentation, as in
        /// `#[query(default = 10, le = 100)]`: the guide's chapter `attributes` lists them.
        #[proc_macro_attribute]
        pub fn $name(attribute: TokenStream, item: TokenStream) -> TokenStream {
            operation::operation(operation::Methods::One($method), attribute.into(), item.into()).into()
        }
    )*};
}

methods! {
    get "GET" "Serves a function at a path for `GET`."
    post "POST" "Serves a function at a path for `POST`."
    put "PUT" "Serves a function at a path for `PUT`."
    patch "PATCH" "Serves a function at a path for `PATCH`."
    delete "DELETE" "Serves a function at a path for `DELETE`."
    head "HEAD" "Serves a function at a path for `HEAD`."
    options "OPTIONS" "Serves a function at a path for `OPTIONS`."
    trace "TRACE" "Serves a function at a path for `TRACE`."
}

/// Serves a function at a path for the methods that `method` names: `#[route("/items", method = [GET, POST])]`.
///
/// All other options are those of `#[get]`.
#[proc_macro_attribute]
pub fn route(attribute: TokenStream, item: TokenStream) -> TokenStream {
    operation::operation(operation::Methods::Declared, attribute.into(), item.into()).into()
}

/// Makes a function a dependency: operations and other dependencies take what it returns as `Depends<function>`.
///
/// Its arguments are read as those of an operation; the path parameters of whoever depends on it are taken by name. It
/// returns any value, or a `Result`: an error ends the request with the error's answer.
///
/// | option | meaning | default |
/// |---|---|---|
/// | `scope = "function"` | what it returns is held until the operation has returned, not until the response has been sent | `"request"` |
/// | `max_concurrency = 5` | how many calls of it run at once; others wait | no limit |
/// | `fallible` | it returns a `Result` under another name | `false` |
/// | `inline` | a plain `fn` runs on the async thread; for functions that never wait | `false` |
/// | `dependency = Name` | name of the struct that stands for the dependency | the function's |
#[proc_macro_attribute]
pub fn dependency(attribute: TokenStream, item: TokenStream) -> TokenStream {
    operation::dependency(attribute.into(), item.into()).into()
}

/// Lets an `async fn` talk over a WebSocket with clients of a path: `#[websocket("/ws/{room}")]`.
///
/// It takes one `WebSocket` and any arguments that operations take, except bodies. It returns nothing, or a `Result` of
/// nothing. Before it has accepted the client, an error is the answer to the handshake; faulty arguments are a 403.
///
/// | option | meaning | default |
/// |---|---|---|
/// | `operation = Name` | name of the struct that stands for the operation | the function's |
#[proc_macro_attribute]
pub fn websocket(attribute: TokenStream, item: TokenStream) -> TokenStream {
    operation::operation(operation::Methods::Socket, attribute.into(), item.into()).into()
}

/// Makes a struct or an enum a model: it is read from requests, checked, written as JSON and documented.
///
/// * A struct is an object. Its fields take `#[field(..)]` with constraints, a default and documentation, as in
///   `#[field(min_length = 1, examples = ["tea"])]`.
/// * A struct of one unnamed field is that field, with a name of its own.
/// * An enum without data is a text, or a number where its variants have numbers.
/// * An enum with data is a union, told apart by a field, `#[model(tag = "kind")]`, or by trying, `#[model(untagged)]`.
///
/// | option | meaning | default |
/// |---|---|---|
/// | `tag = "kind"` | the field that names the member of a union | must be said of enums with data, or `untagged` |
/// | `rename_all = "camelCase"` | names on the wire | as written |
/// | `extra = "forbid"` | undeclared fields are faults; `"allow"`: they are kept in the map that is `#[field(flatten)]` | `"ignore"` |
/// | `validate = check` | a function that checks the whole, once its fields are right | none |
/// | `partial = ItemPatch` | makes a type of the same fields, each of which may be left out | none |
/// | `title = ".."` | name in the document | the type's |
///
/// The guide's chapter `attributes` lists all options, those of `#[field(..)]` too.
///
/// It gives `Serialize` and `Deserialize` of serde, too; do not derive them beside it.
#[proc_macro_attribute]
pub fn model(attribute: TokenStream, item: TokenStream) -> TokenStream {
    model::model(attribute.into(), item.into()).into()
}

/// Makes an enum the error of operations: each variant is a documented answer, `{"detail": ".."}`.
///
/// ```text
/// #[errors]
/// #[derive(Debug)]
/// enum ShopError {
///     /// There is no such item.
///     #[error(status = 404, "Item {0} not found")]
///     NoSuchItem(u64),
///     #[error(status = 429, "Try again in {seconds} s", headers("retry-after" = "{seconds}"))]
///     TooMany { seconds: u32 },
///     #[error(status = 409, "Sold out")]
///     SoldOut(#[detail] Shortage),
///     #[error(transparent)]
///     Other(#[from] HttpError),
///     #[error(internal)]
///     Database(#[from] io::Error),
/// }
/// ```
///
/// The text is the detail and what `Display` writes; `{0}` and `{name}` in it are the variant's fields. The doc comment
/// is the answer's description, or else the text is. It implements `Display`, `Error` and `Failure`.
///
/// | in the brackets | meaning |
/// |---|---|
/// | `status = 404` | the status |
/// | `".. {0} .. {name}"` | the message |
/// | `headers("name" = "{0}")` | header fields |
/// | `transparent` | the one field, itself a failure, answers |
/// | `internal` | a 500 of which nothing is sent; what it says is logged |
///
/// | on a field | meaning |
/// |---|---|
/// | `#[from]` | `?` makes the variant of it; it is the source, too |
/// | `#[source]` | what caused the error |
/// | `#[detail]` | a value that is sent as the detail, in place of the message |
/// | `#[body]` | a value that is sent as the whole body |
#[proc_macro_attribute]
pub fn errors(attribute: TokenStream, item: TokenStream) -> TokenStream {
    errors::errors(attribute.into(), item.into()).into()
}

/// Collects annotated functions for `App::routes`: `routes![read_item, items::create_item]`.
#[proc_macro]
pub fn routes(input: TokenStream) -> TokenStream {
    routes::routes(input.into()).into()
}
