//! [`Environment`]: settings of an app, read from outside of it.

mod read;
mod variables;

use std::{any::TypeId, borrow::Cow, path::PathBuf, sync::Arc};

use self::variables::Variables;
use crate::{
    App, StartError, StartFault,
    decode::Decode,
    openapi::{Describe, SourceLocation},
};

/// A variable that is missing or makes no sense, or a file that cannot be read.
struct Fault {
    name: Cow<'static, str>,
    reason: String,
}

/// Where settings come from: variables of the environment, and files of them.
///
/// Settings are a `#[model]` like any other: names (in any case), types, defaults and constraints are declared once. A list, a
/// map or a model is written as JSON. [`App::settings`](crate::App::settings) reads them at the start, hands them to the
/// operations as [`State`](crate::State), and names all that is wrong with them before the app serves anything.
///
/// ```
/// use versify::{Environment, prelude::*, types::Secret};
///
/// #[model]
/// struct Settings {
///     #[field(default = "Awesome API")]
///     app_name: String,
///     admin_email: String,
///     #[field(default = 50, ge = 1)]
///     items_per_user: u32,
///     #[field(default)]
///     hosts: Vec<String>,
///     #[field(default)]
///     database_password: Option<Secret<String>>,
/// }
///
/// let environment = Environment::of([
///     ("SHOP_ADMIN_EMAIL", "ann@example.com"),
///     ("SHOP_ITEMS_PER_USER", "7"),
///     ("SHOP_HOSTS", r#"["a.example", "b.example"]"#),
/// ]);
/// let settings: Settings = environment.prefix("SHOP_").read()?;
/// assert_eq!((settings.items_per_user, settings.hosts.len()), (7, 2));
///
/// let faulty = Environment::of([("ITEMS_PER_USER", "none")]).read::<Settings>().err().unwrap().to_string();
/// assert!(faulty.contains("ADMIN_EMAIL: it is not set, and has no default"));
/// assert!(faulty.contains("ITEMS_PER_USER: Input should be a valid integer, unable to parse string as an integer"));
/// # Ok::<(), versify::StartError>(())
/// ```
///
/// A value is never quoted by a fault, since it may be a secret.
#[derive(Debug, Clone, Default)]
#[must_use = "it is read by `App::settings` or `Environment::read`"]
pub struct Environment {
    /// `None` for that of the process.
    given: Option<Vec<(String, String)>>,
    files: Vec<PathBuf>,
    prefix: String,
}

impl Environment {
    /// The environment of the process.
    pub fn process() -> Self {
        Self::default()
    }

    /// These variables and no others: for tests.
    pub fn of<N: Into<String>, V: Into<String>>(variables: impl IntoIterator<Item = (N, V)>) -> Self {
        let given = variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self { given: Some(given), ..Self::default() }
    }

    /// Adds a file of lines `NAME=value`, such as `.env`. Variables of the environment come first, then those of
    /// the file that was added last. A file that is not there is passed over.
    ///
    /// Values with blanks stand in quotes, `#` begins a comment, and `${NAME}` stands for another variable, unless it is
    /// in single quotes.
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.files.push(path.into());
        self
    }

    /// What the names of all variables begin with: `SHOP_` reads `admin_email` from `SHOP_ADMIN_EMAIL`.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Reads settings.
    ///
    /// # Errors
    /// All variables that are missing or wrong, and files that cannot be read.
    #[track_caller]
    pub fn read<T: Decode + Describe + 'static>(&self) -> Result<T, StartError> {
        self.read_or_faults(SourceLocation::caller()).map_err(StartError::new)
    }

    /// `at`: who asks for it.
    fn read_or_faults<T: Decode + Describe + 'static>(&self, at: SourceLocation) -> Result<T, Vec<StartFault>> {
        let settings = Variables::load(self.given.as_deref(), &self.files)
            .and_then(|variables| read::settings(&variables, &self.prefix));
        settings.map_err(|faults| {
            faults.into_iter().map(|Fault { name, reason }| StartFault::Setting { name, reason, at }).collect()
        })
    }
}

impl App {
    /// Reads settings at the start, and gives them to the operations as [`State`](crate::State).
    ///
    /// What is missing or wrong keeps the app from starting; all of it is listed, beside the app's other faults. Settings that
    /// [`App::state`] gives stand in for these, before or after: so a test needs no environment.
    ///
    /// ```
    /// use versify::{Environment, prelude::*};
    ///
    /// #[model]
    /// struct Settings {
    ///     admin_email: String,
    /// }
    ///
    /// #[get("/info")]
    /// async fn info(settings: State<Settings>) -> Value {
    ///     json!({"admin": settings.admin_email})
    /// }
    ///
    /// fn app() -> App {
    ///     App::new("Shop", "1.0.0").settings::<Settings>(Environment::process().file(".env")).routes(routes![info])
    /// }
    ///
    /// assert!(app().build().is_err(), "nobody has set ADMIN_EMAIL");
    /// let under_test = app().state(Settings { admin_email: "test@example.com".to_owned() });
    /// assert!(under_test.build().is_ok());
    /// ```
    #[track_caller]
    pub fn settings<T: Decode + Describe + Send + Sync + 'static>(mut self, environment: Environment) -> Self {
        let id = TypeId::of::<T>();
        if !self.shared.states.has(id) {
            match environment.read_or_faults::<T>(SourceLocation::caller()) {
                Ok(settings) => self.shared.states.insert(Arc::new(settings)),
                Err(faults) => self.unread_settings.push((id, faults)),
            }
        }
        self
    }
}
