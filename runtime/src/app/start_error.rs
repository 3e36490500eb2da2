//! [`StartError`]: everything that keeps an app from starting, at once.

use std::{borrow::Cow, fmt, io};

use crate::openapi::{Place, SourceLocation};

/// Why an app did not start: all its faults in one report.
///
/// `Debug` prints the report too, so that `fn main() -> Result<(), StartError>` shows it.
pub struct StartError {
    faults: Vec<StartFault>,
}

/// One reason.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartFault {
    /// Two operations answer to one method and path.
    DuplicateRoute {
        /// `GET /items/{id}`.
        route: String,
        /// The functions, in the order of registration.
        functions: Vec<(&'static str, SourceLocation)>,
    },
    /// Two operations have one `operationId`.
    DuplicateOperationId {
        /// The id.
        id: String,
        /// The functions, in the order of registration.
        functions: Vec<(&'static str, SourceLocation)>,
    },
    /// An operation wants a state that nobody provides.
    MissingState {
        /// The type of the state.
        state: &'static str,
        /// Who wants it.
        functions: Vec<(&'static str, SourceLocation)>,
    },
    /// Dependencies that wait for each other.
    DependencyCycle {
        /// Each of them depends on the next, and the last on the first.
        functions: Vec<(&'static str, SourceLocation)>,
    },
    /// Two security schemes have one name and differ.
    SecurityScheme {
        /// The name in the document.
        name: &'static str,
        /// Two that take them.
        functions: Vec<(&'static str, SourceLocation)>,
    },
    /// A component of the document means one thing to the app and another to an API that is mounted.
    Component {
        /// The name in the document.
        name: String,
        /// The type of the API, and where it was mounted.
        function: (&'static str, SourceLocation),
    },
    /// An API of poem-openapi that cannot be mounted.
    Api {
        /// Its path.
        path: String,
        /// What is wrong with it.
        reason: &'static str,
        /// Its type.
        function: (&'static str, SourceLocation),
    },
    /// A lifespan failed.
    Lifespan {
        /// What it says.
        source: crate::BoxError,
        /// Where it was given.
        at: SourceLocation,
    },
    /// An app with a lifespan was built and not started.
    NotStarted {
        /// Where the lifespans were given.
        lifespans: Vec<SourceLocation>,
    },
    /// A router's prefix that cannot be one.
    Prefix {
        /// The prefix.
        prefix: String,
        /// What is wrong with it.
        reason: &'static str,
        /// Where it was given.
        at: Option<SourceLocation>,
    },
    /// A path template that cannot be served.
    Path {
        /// The template.
        path: String,
        /// What is wrong with it.
        reason: String,
        /// The function.
        function: (&'static str, SourceLocation),
    },
    /// A front end that cannot be served.
    Frontend {
        /// Its path.
        path: String,
        /// What is wrong with it.
        reason: String,
        /// Where it was given.
        at: SourceLocation,
    },
    /// Something that is mounted and cannot be served.
    Mount {
        /// Its path.
        path: String,
        /// What is wrong with it.
        reason: String,
        /// Where it was mounted.
        at: SourceLocation,
    },
    /// An operation takes a WebSocket and answers requests, or it talks over a WebSocket that it does not take.
    Socket {
        /// The template.
        path: String,
        /// The function.
        function: (&'static str, SourceLocation),
    },
    /// An operation takes the id of its request, and the app gives none.
    NoRequestIds {
        /// The function.
        function: (&'static str, SourceLocation),
    },
    /// A regular expression that is none.
    Pattern {
        /// The expression.
        pattern: &'static str,
        /// What is wrong with it.
        reason: String,
        /// The function.
        function: (&'static str, SourceLocation),
    },
    /// An operation reads its body as a form and as something else.
    TwoBodies {
        /// The function.
        function: (&'static str, SourceLocation),
    },
    /// A parameter of a type that no text can be: an object, or a list where there is one value.
    Parameter {
        /// Where it would be read.
        place: Place,
        /// Its name on the wire.
        name: String,
        /// The function.
        function: (&'static str, SourceLocation),
    },
    /// A field that an answer shall have, or lack, and that its type does not have.
    UnknownField {
        /// The name in the attribute.
        field: &'static str,
        /// The names that there are.
        known: Vec<String>,
        /// The function.
        function: (&'static str, SourceLocation),
    },
    /// Templates that cannot be used.
    Template {
        /// Where, and what is wrong.
        reason: String,
    },
    /// A command line that asks for nothing that there is.
    CommandLine {
        /// What is wrong with it.
        reason: String,
    },
    /// A setting, such as `PORT`, that is missing or makes no sense.
    Setting {
        /// Its name.
        name: Cow<'static, str>,
        /// What is wrong with it.
        reason: String,
        /// Who reads it: where the settings were asked for, or where the app was made.
        at: SourceLocation,
    },
    /// The address cannot be listened on.
    Listen {
        /// The address.
        address: String,
        /// Why not.
        source: io::Error,
        /// Where it was given, or where the app was made.
        at: SourceLocation,
    },
}

impl StartError {
    pub(crate) fn new(faults: Vec<StartFault>) -> Self {
        Self { faults }
    }

    pub(crate) fn into_faults(self) -> Vec<StartFault> {
        self.faults
    }

    /// The faults, in no particular order.
    #[must_use]
    pub fn faults(&self) -> &[StartFault] {
        &self.faults
    }
}

impl From<StartFault> for StartError {
    fn from(fault: StartFault) -> Self {
        Self::new(vec![fault])
    }
}

impl std::error::Error for StartError {}

impl fmt::Debug for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.faults.as_slice() {
            [fault] => write!(f, "the app cannot start: {fault}"),
            faults => {
                write!(f, "the app cannot start, for {} reasons:", faults.len())?;
                for (number, fault) in faults.iter().enumerate() {
                    write!(f, "\n\n{}. {fault}", number + 1)?;
                }
                Ok(())
            }
        }
    }
}

struct Functions<'a>(&'a [(&'static str, SourceLocation)]);

impl fmt::Display for Functions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, location) in self.0 {
            write!(f, "\n   - {name} ({location})")?;
        }
        Ok(())
    }
}

impl fmt::Display for StartFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DuplicateRoute { route, functions } => {
                write!(f, "{route} is served by {} operations:{}", functions.len(), Functions(functions))?;
                f.write_str("\n   Give each its own path or method, or say `App::allow_shadowed_routes(true)`: then the first one serves.")
            }
            Self::DuplicateOperationId { id, functions } => {
                write!(
                    f,
                    "the operation id `{id}` stands for {} operations:{}",
                    functions.len(),
                    Functions(functions)
                )?;
                f.write_str("\n   Choose another with `operation_id = \"..\"` in the attribute.")
            }
            Self::MissingState { state, functions } => {
                write!(f, "nobody provides `State<{state}>`, which is wanted by:{}", Functions(functions))?;
                f.write_str("\n   Add `.state(..)` with a value of that type to the app.")
            }
            Self::DependencyCycle { functions } => {
                write!(f, "these dependencies wait for each other:{}", Functions(functions))?;
                f.write_str("\n   Each depends on the next, and the last on the first; take one `Depends<..>` away.")
            }
            Self::SecurityScheme { name, functions } => {
                write!(f, "two security schemes are called `{name}` and differ:{}", Functions(functions))?;
                f.write_str("\n   Give one of them another name with `SecurityScheme::name`.")
            }
            Self::Lifespan { source, at } => {
                write!(f, "a lifespan failed: {source}")?;
                let mut cause = source.source();
                while let Some(inner) = cause {
                    write!(f, ": {inner}")?;
                    cause = inner.source();
                }
                write!(f, "\n   - {at}")
            }
            Self::NotStarted { lifespans } => {
                f.write_str("it has a lifespan, which `App::build` cannot run: call `App::start` and await it")?;
                lifespans.iter().try_for_each(|at| write!(f, "\n   - {at}"))
            }
            Self::Prefix { prefix, reason, at } => {
                write!(f, "the prefix `{prefix}` cannot be served: {reason}")?;
                at.map_or(Ok(()), |at| write!(f, "\n   - {at}"))?;
                match prefix.trim_matches('/') {
                    "" => f.write_str("\n   Leave it out."),
                    words => write!(f, "\n   Write `/{words}`."),
                }
            }
            Self::Path { path, reason, function } => {
                write!(f, "the path `{path}` cannot be served: {reason}{}", Functions(&[*function]))
            }
            Self::Frontend { path, reason, at } => {
                write!(f, "the front end at `{path}` cannot be served: {reason}\n   - {at}")
            }
            Self::Mount { path, reason, at } => {
                write!(f, "what is mounted at `{path}` cannot be served: {reason}\n   - {at}")
            }
            Self::Socket { path, function } => {
                write!(
                    f,
                    "the operation at `{path}` needs both `#[websocket]` and a `WebSocket` argument, or none of them{}",
                    Functions(&[*function])
                )
            }
            Self::NoRequestIds { function } => {
                write!(f, "requests have no ids; one is wanted by:{}", Functions(&[*function]))?;
                f.write_str("\n   Add `.request_ids()` to the app.")
            }
            Self::Pattern { pattern, reason, function } => {
                write!(f, "the pattern `{pattern}` is no regular expression: {reason}{}", Functions(&[*function]))?;
                f.write_str("\n   It is written as the crate `regex` reads it; in front of a sign that stands for itself write `\\`.")
            }
            Self::TwoBodies { function } => {
                write!(f, "the body is read as a form and as something else by:{}", Functions(&[*function]))?;
                f.write_str("\n   Make all of it fields of the form: `#[form]`, `#[file]`.")
            }
            Self::Parameter { place, name, function } => {
                let takes = match place {
                    Place::Path => "a path holds one text for it: take a scalar",
                    _ => "it is sent as text: take a scalar, a list of scalars, or a model of these",
                };
                let place = place.as_str();
                write!(f, "the {place} parameter `{name}` cannot be read; {takes}{}", Functions(&[*function]))
            }
            Self::UnknownField { field, known, function } => {
                write!(f, "the answer has no field `{field}`, which is named by:{}", Functions(&[*function]))?;
                write!(f, "\n   Its fields are: {}.", known.join(", "))
            }
            Self::Template { reason } => write!(f, "the templates cannot be used: {reason}"),
            Self::Component { name, function } => {
                write!(f, "two types are called `{name}` in the document, one of them of:{}", Functions(&[*function]))?;
                f.write_str("\n   Rename one: `#[model(title = \"..\")]`, `#[oai(rename = \"..\")]`.")
            }
            Self::Api { path, reason, function } => {
                write!(f, "the API at `{path}` cannot be mounted: {reason}{}", Functions(&[*function]))
            }
            Self::CommandLine { reason } => f.write_str(reason),
            Self::Setting { name, reason, at } => write!(f, "{name}: {reason}\n   - {at}"),
            Self::Listen { address, source, at } => write!(f, "cannot listen on {address}: {source}\n   - {at}"),
        }
    }
}
