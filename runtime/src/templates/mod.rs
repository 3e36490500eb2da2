//! [`Templates`]: pages that are made of files with placeholders.

mod engine;
mod error;
mod url_for;

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use minijinja::{Environment, Value, context, value::Serde};
use serde::Serialize;

pub use self::error::TemplateError;
use self::url_for::{Link, UrlFor};
use crate::{
    app::{AppUrl, Urls},
    decode::Field,
    openapi::SourceLocation,
    operation::{Argument, Call, Description},
    reply::Html,
};

/// A directory of templates: a state of the app, and an argument of its operations.
///
/// The language is Jinja's, through [minijinja](https://docs.rs/minijinja). In `.html` and `.xml` files values are escaped.
/// Beside what an operation hands over, a template has `url_for('read_item', item_id=1)` with its `.path`, and
/// `request` with `url`, `path` and `method`.
///
/// An app whose directory does not exist does not start, nor does one with syntax errors in its templates; all of them
/// are listed. In debug builds a template that was changed is read again.
///
/// ```
/// use versify::{Html, Templates, prelude::*};
///
/// # let directory = std::env::temp_dir().join("versify-doc-templates");
/// # std::fs::create_dir_all(&directory)?;
/// # std::fs::write(directory.join("item.html"), r#"<a href="{{ url_for('read_item', id=id).path }}">{{ id }}</a>"#)?;
/// #[get("/items/{id}")]
/// async fn read_item(id: String, templates: Templates) -> Result<Html> {
///     Ok(templates.render("item.html", json!({"id": id}))?)
/// }
///
/// # const _: &str = stringify!(
/// let app = App::new("Shop", "1.0.0").routes(routes![read_item]).state(Templates::new("templates"));
/// # );
/// # let app = App::new("Shop", "1.0.0").routes(routes![read_item]).state(Templates::new(directory));
/// # use versify::poem::{EndpointExt, test::TestClient};
/// # versify::tokio::runtime::Runtime::new()?.block_on(async {
/// #     let client = TestClient::new(app.build().unwrap());
/// #     let response = client.get("/items/a%3Cb").send().await;
/// #     response.assert_status_is_ok();
/// #     response.assert_text(r#"<a href="/items/a%3Cb">a&lt;b</a>"#).await;
/// # });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The context is anything that serde writes as an object: a `#[model]`, `json!({..})`, a map, `()`.
#[derive(Clone)]
pub struct Templates {
    source: Arc<Source>,
    /// Of the request that is answered.
    request: Option<Seen>,
}

#[derive(Clone)]
struct Source {
    directory: PathBuf,
    reload: bool,
    configure: Vec<Configure>,
    /// Where it was made.
    at: SourceLocation,
    environment: OnceLock<Environment<'static>>,
}

type Configure = Arc<dyn Fn(&mut Environment<'static>) + Send + Sync>;

/// What a template may know of its request.
#[derive(Clone)]
struct Seen {
    urls: Urls,
    url: AppUrl,
    path: String,
    method: String,
}

impl Templates {
    /// The templates of this directory and of those within it, where they go by paths: `mails/welcome.txt`.
    #[track_caller]
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        let at = SourceLocation::caller();
        let directory = directory.into();
        let reload = cfg!(debug_assertions);
        let source = Source { directory, reload, configure: Vec::new(), at, environment: OnceLock::new() };
        Self { source: Arc::new(source), request: None }
    }

    /// Whether a template that was changed is read again; by default in debug builds only.
    #[must_use]
    pub fn reload(mut self, reload: bool) -> Self {
        Arc::make_mut(&mut self.source).reload = reload;
        self
    }

    /// Adds filters, functions, globals to minijinja's environment, or changes how it escapes.
    ///
    /// ```
    /// use versify::Templates;
    ///
    /// let templates = Templates::new("templates").configure(|environment| {
    ///     environment.add_filter("shout", |text: String| text.to_uppercase() + "!");
    /// });
    /// ```
    #[must_use]
    pub fn configure(mut self, configure: impl Fn(&mut Environment<'static>) + Send + Sync + 'static) -> Self {
        Arc::make_mut(&mut self.source).configure.push(Arc::new(configure));
        self
    }

    /// Makes a page: `text/html`.
    ///
    /// # Errors
    /// There is no such template, it is faulty, or it fails with this context. `?` makes a logged 500 of it.
    pub fn render(&self, template: &str, context: impl Serialize) -> Result<Html, TemplateError> {
        self.render_text(template, context).map(Html)
    }

    /// Makes a text: the body of a mail, say.
    ///
    /// # Errors
    /// As [`Templates::render`].
    pub fn render_text(&self, template: &str, context: impl Serialize) -> Result<String, TemplateError> {
        let template = self.source.environment().get_template(template)?;
        let own = self.request.as_ref().map(Seen::context).unwrap_or_default();
        let given = Value::from(Serde(&context));
        let all = if given.is_none() {
            own
        } else {
            context! { ..given, ..own }
        };
        Ok(template.render(all)?)
    }

    /// What keeps the app from starting.
    pub(crate) fn faults(&self) -> Vec<String> {
        self.source.faults()
    }
}

impl Source {
    fn environment(&self) -> &Environment<'static> {
        self.environment.get_or_init(|| {
            let mut environment = engine::environment(&self.directory, self.reload);
            for configure in &self.configure {
                configure(&mut environment);
            }
            environment
        })
    }

    fn faults(&self) -> Vec<String> {
        let directory = &self.directory;
        let shown = std::path::absolute(directory).unwrap_or_else(|_| directory.clone());
        if !directory.is_dir() {
            return vec![format!("the directory `{}` does not exist\n   - {}", shown.display(), self.at)];
        }
        let names = match engine::names(directory) {
            Ok(names) => names,
            Err(error) => {
                return vec![format!("the directory `{}` cannot be read: {error}\n   - {}", shown.display(), self.at)];
            }
        };
        let environment = self.environment();
        let fault = |name: &String| {
            let error = environment.get_template(name).err()?;
            Some(TemplateError::from(error).within(&directory.join(name)))
        };
        names.iter().filter_map(fault).collect()
    }
}

impl Seen {
    fn context(&self) -> Value {
        context! {
            url_for => Value::from_object(UrlFor(self.urls.clone())),
            request => context! {
                url => Value::from_object(Link(self.url.clone())),
                path => self.path.as_str(),
                method => self.method.as_str(),
            },
        }
    }
}

impl fmt::Debug for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Source { directory, reload, .. } = &*self.source;
        f.debug_struct("Templates").field("directory", directory).field("reload", reload).finish_non_exhaustive()
    }
}

impl<P: AsRef<Path>> From<P> for Templates {
    #[track_caller]
    fn from(directory: P) -> Self {
        Self::new(directory.as_ref())
    }
}

/// The app's own, with the URLs that the request's client sees.
impl Argument for Templates {
    fn describe(_: &Field<Self>, description: &mut Description<'_>) {
        description.state::<Self>();
    }

    fn prepare(_: &Field<Self>, call: &mut Call) -> Option<Self> {
        let templates = call.state::<Self>()?;
        let request = call.request();
        let urls = Urls::of_request(call.names(), request);
        let seen = Seen {
            url: urls.current(request.uri()),
            urls,
            path: request.uri().path().to_owned(),
            method: request.method().to_string(),
        };
        Some(Self { source: Arc::clone(&templates.source), request: Some(seen) })
    }
}
