//! [`Narrow`]: what a function returns, as the type that `response = ..` declares.

use std::marker::PhantomData;

use poem::{Response, http::StatusCode};

use super::{Description, Failure, Reply};

/// A value that is answered as an `R`: what `response = R` asks for.
///
/// `M` only tells the implementations apart.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be answered as `{R}`",
    label = "what is returned does not become this, or this cannot be an answer",
    note = "annotate what `response` names with `#[model]`",
    note = "say what is kept: `impl From<User> for PublicUser`; that holds for lists, `Option` and `Result` of them, too"
)]
pub trait Narrow<R, M>: Sized {
    /// What is answered.
    type Reply: Reply;

    /// Leaves out what is not declared.
    fn narrow(self) -> Self::Reply;

    /// Says in the document what it is answered as.
    fn describe(_: PhantomData<Self>, description: &mut Description<'_>, status: StatusCode) {
        <Self::Reply as Reply>::describe(description, status);
    }

    /// Answers it.
    fn reply(self, status: StatusCode) -> Response {
        Reply::reply(self.narrow(), status)
    }
}

/// By `From`.
#[derive(Debug)]
pub struct Whole;

/// By `From`, each value for itself.
#[derive(Debug)]
pub struct Each;

/// What is within a `Result`.
#[derive(Debug)]
pub struct Inside<M>(M);

#[diagnostic::do_not_recommend]
impl<T, R: Reply + From<T>> Narrow<R, Whole> for T {
    type Reply = R;

    fn narrow(self) -> R {
        self.into()
    }
}

impl<T, R: From<T>> Narrow<Vec<R>, Each> for Vec<T>
where
    Vec<R>: Reply,
{
    type Reply = Vec<R>;

    fn narrow(self) -> Vec<R> {
        self.into_iter().map(R::from).collect()
    }
}

impl<T, R: From<T>> Narrow<Option<R>, Each> for Option<T>
where
    Option<R>: Reply,
{
    type Reply = Option<R>;

    fn narrow(self) -> Option<R> {
        self.map(R::from)
    }
}

impl<T: Narrow<R, M>, R, M, E: Failure> Narrow<R, Inside<M>> for Result<T, E> {
    type Reply = Result<T::Reply, E>;

    fn narrow(self) -> Self::Reply {
        self.map(Narrow::narrow)
    }
}

/// A model of some fields of another: what `#[model(partial = ..)]` makes.
pub trait PartialOf {
    /// The model of which it is a part.
    type Whole;
}

/// A value that the document shows as an `R` of which it is a part: what `response = R, exclude_unset` asks for.
///
/// `M` only tells the implementations apart.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no part of `{R}`",
    label = "what is unset cannot be left out of this",
    note = "return the type that `#[model(partial = ..)]` makes of `{R}`"
)]
pub trait Portion<R: Reply, M>: Reply {
    /// Says in the document what it is answered as.
    fn describe_whole(description: &mut Description<'_>, status: StatusCode) {
        R::describe(description, status);
    }
}

impl<T: Reply + PartialOf<Whole = R>, R: Reply> Portion<R, Whole> for T {}

impl<T: PartialOf<Whole = R>, R> Portion<Vec<R>, Each> for Vec<T>
where
    Vec<T>: Reply,
    Vec<R>: Reply,
{
}

impl<T: PartialOf<Whole = R>, R> Portion<Option<R>, Each> for Option<T>
where
    Option<T>: Reply,
    Option<R>: Reply,
{
}

impl<T: Portion<R, M>, R: Reply, M, E: Failure> Portion<R, Inside<M>> for Result<T, E> {
    fn describe_whole(description: &mut Description<'_>, status: StatusCode) {
        T::describe_whole(description, status);
        E::describe(description);
    }
}

/// Says in the document of what `T` is a part.
pub fn describe_portion<T: Portion<R, M>, R: Reply, M>(description: &mut Description<'_>, status: StatusCode) {
    T::describe_whole(description, status);
}
