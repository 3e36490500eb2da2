//! [`Argument`]: what a function may ask of a request.

use super::{Call, Description, Later, Way};
use crate::{
    decode::{Decode, Field},
    openapi::{Describe, Place},
    state::State,
};

/// What a function may take as an argument without saying where it comes from.
///
/// A scalar, an enum, or an `Option` of them is a query parameter; a model, a list or a map is the JSON body;
/// [`State`], [`BodyStream`](super::BodyStream) and the like are what they are. An attribute (`#[query]`,
/// `#[body]`, `#[extract]` …) says otherwise.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of an operation",
    label = "versify does not know where to read this from",
    note = "annotate your own struct or enum with `#[model]`",
    note = "the app's state is taken as `State<..>`, of a type that threads share (no `Rc`, a `Mutex` for a `RefCell`)",
    note = "what a dependency gives is taken as `Depends<its_function>`; it may give an `Option`",
    note = "nothing is wrapped to say where it comes from: `#[query] page: Page`, `item: Item`; for any poem extractor write `#[extract]` before the argument"
)]
pub trait Argument: Sized + Send + 'static {
    /// Whether it can stand beside a form: not if it reads the body itself.
    const BESIDE_FORM: bool = true;

    /// Whether it is read from the body: a WebSocket has none.
    const BODY: bool = !Self::BESIDE_FORM;

    /// Says in the document what is read.
    fn describe(field: &Field<Self>, description: &mut Description<'_>);

    /// Takes the argument out of the call. `None`: it was wrong, and the call knows why (or it is resolved later).
    fn prepare(field: &Field<Self>, call: &mut Call) -> Option<Self>;

    /// Says in the document what `#[body]` reads.
    fn describe_body(field: &Field<Self>, description: &mut Description<'_>) {
        Self::describe(field, description);
    }

    /// Takes the argument out of the body, as `#[body]` asks.
    #[inline]
    fn prepare_body(field: &Field<Self>, call: &mut Call) -> Option<Self> {
        Self::prepare(field, call)
    }

    /// How it is completed once the others have been read.
    const LATER: Later<Self> = Later::Never;

    /// All of this, for generated code.
    const WAY: Way<Self> = Way { describe: Self::describe, read: Self::prepare, later: Self::LATER };

    /// All of this, as `#[body]` asks.
    const BODY_WAY: Way<Self> = Way { describe: Self::describe_body, read: Self::prepare_body, later: Self::LATER };
}

/// What arguments need of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BodyUse {
    /// Nothing: it is not read.
    #[default]
    None,
    /// Values of a form: it is read before the arguments, piece by piece; large files go to disk.
    Form,
    /// A value: it is read whole, up to the limit, before the arguments.
    Value,
    /// The stream: it is not read before the function runs.
    Stream,
}

impl BodyUse {
    /// What two arguments need together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::None, other) => other,
            (own, _) => own,
        }
    }
}

/// A type that is decoded, and the place where it is looked for when nothing is said.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of an operation",
    label = "versify does not know where to read this from",
    note = "annotate your own struct or enum with `#[model]`",
    note = "the app's state is taken as `State<..>`, of a type that threads share (no `Rc`, a `Mutex` for a `RefCell`)",
    note = "what a dependency gives is taken as `Depends<its_function>`; it may give an `Option`",
    note = "nothing is wrapped to say where it comes from: `#[query] page: Page`, `item: Item`; for any poem extractor write `#[extract]` before the argument"
)]
pub trait Parameter: Decode + Describe + 'static {
    /// [`Place::Query`] for scalars, [`Place::Body`] for objects and lists.
    const PLACE: Place = Place::Query;
}

const fn in_body<T: Parameter>() -> bool {
    matches!(T::PLACE, Place::Body)
}

#[diagnostic::do_not_recommend]
impl<T: Parameter + Send> Argument for T {
    const BESIDE_FORM: bool = T::FILES || !in_body::<T>();
    const BODY: bool = T::FILES || in_body::<T>();

    // Asked in constants: the compiler makes code for one of the places only.
    fn describe(field: &Field<Self>, description: &mut Description<'_>) {
        if T::FILES {
            description.form(field);
        } else if const { in_body::<T>() } {
            description.body(field);
        } else {
            description.inferred(T::PLACE, field);
        }
    }

    #[inline]
    fn prepare(field: &Field<Self>, call: &mut Call) -> Option<Self> {
        if T::FILES {
            call.form(field)
        } else if const { in_body::<T>() } {
            call.body(field)
        } else {
            call.inferred(field)
        }
    }

    fn describe_body(field: &Field<Self>, description: &mut Description<'_>) {
        description.body(field);
    }

    #[inline]
    fn prepare_body(field: &Field<Self>, call: &mut Call) -> Option<Self> {
        call.body(field)
    }
}

impl<T: Send + Sync + 'static> Argument for State<T> {
    fn describe(_: &Field<Self>, description: &mut Description<'_>) {
        description.state::<T>();
    }

    #[inline]
    fn prepare(_: &Field<Self>, call: &mut Call) -> Option<Self> {
        call.state()
    }
}
