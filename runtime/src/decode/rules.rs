//! [`Rules`]: declared constraints, as data; [`Constraints`]: the typed way to declare them.

use std::{convert::identity, hash::Hash, marker::PhantomData, sync::OnceLock};

use regex::Regex;

/// Constraints of a parameter or field, as they were declared.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// Greater than.
    pub gt: Option<Bound>,
    /// Greater than or equal to.
    pub ge: Option<Bound>,
    /// Less than.
    pub lt: Option<Bound>,
    /// Less than or equal to.
    pub le: Option<Bound>,
    /// A multiple of.
    pub multiple_of: Option<Bound>,
    /// At least so many characters (text), bytes or items.
    pub min_length: Option<usize>,
    /// At most so many characters (text), bytes or items.
    pub max_length: Option<usize>,
    /// A regular expression that is searched for in text.
    pub pattern: Option<fn() -> &'static Pattern>,
    /// Neither infinite nor NaN.
    pub finite: bool,
    /// At most so many digits in all (decimals).
    pub max_digits: Option<usize>,
    /// At most so many digits after the point (decimals).
    pub decimal_places: Option<usize>,
    /// No item comes twice.
    pub unique_items: bool,
    /// What each item of a list or value of a map must satisfy.
    pub items: Option<&'static Rules>,
}

impl Rules {
    /// No constraint.
    pub const NONE: Self = Self {
        gt: None,
        ge: None,
        lt: None,
        le: None,
        multiple_of: None,
        min_length: None,
        max_length: None,
        pattern: None,
        finite: false,
        max_digits: None,
        decimal_places: None,
        unique_items: false,
        items: None,
    };
}

impl Rules {
    /// Whether something is demanded of a number or of text: Pydantic calls such a type `constrained-int`.
    pub(crate) const fn bounds_numbers(&self) -> bool {
        self.gt.is_some()
            || self.ge.is_some()
            || self.lt.is_some()
            || self.le.is_some()
            || self.multiple_of.is_some()
            || self.min_length.is_some()
            || self.max_length.is_some()
            || self.pattern.is_some()
    }
}

/// A bound of a number, or of what is written as text: a date, a time, a duration.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// A date, a time or a duration, as a request would write it.
    Text(&'static str),
    /// An integer.
    Integer(i128),
    /// A float.
    Float(f64),
}

impl Bound {
    /// The nearest float.
    #[inline]
    #[must_use]
    pub const fn as_f64(self) -> f64 {
        match self {
            // One instruction, where 128 bits take a function.
            Self::Integer(value) if value as i64 as i128 == value => value as i64 as f64,
            Self::Integer(value) => value as f64,
            Self::Float(value) => value,
            Self::Text(_) => f64::NAN,
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub const fn as_text(self) -> Option<&'static str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Integer(_) | Self::Float(_) => None,
        }
    }
}

/// A constant that becomes a [`Bound`]; for expressions whose type only the compiler knows.
#[derive(Debug, Clone, Copy)]
pub struct BoundOf<T>(pub T);

macro_rules! bound_of {
    ($($integer:ty)*) => {$(
        impl BoundOf<$integer> {
            /// The bound.
            #[must_use]
            pub const fn bound(self) -> Bound {
                Bound::Integer(self.0 as i128)
            }
        }
    )*};
}
bound_of!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 usize);

impl BoundOf<f64> {
    /// The bound.
    #[must_use]
    pub const fn bound(self) -> Bound {
        Bound::Float(self.0)
    }
}

impl BoundOf<f32> {
    /// The bound.
    #[must_use]
    pub const fn bound(self) -> Bound {
        Bound::Float(self.0 as f64)
    }
}

impl BoundOf<&'static str> {
    /// The bound.
    #[must_use]
    pub const fn bound(self) -> Bound {
        Bound::Text(self.0)
    }
}

/// A regular expression in the syntax of the [`regex`] crate, compiled at first use.
///
/// `App` compiles all of them when it starts and refuses to start with a wrong one.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<Result<Regex, regex::Error>>,
}

impl Pattern {
    /// A pattern that is searched for, not anchored.
    #[must_use]
    pub const fn new(source: &'static str) -> Self {
        Self { source, compiled: OnceLock::new() }
    }

    /// The expression as it was written.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        self.source
    }

    /// The compiled expression.
    ///
    /// # Errors
    /// The expression is not one that the [`regex`] crate understands.
    pub fn regex(&self) -> Result<&Regex, &regex::Error> {
        self.compiled.get_or_init(|| Regex::new(self.source)).as_ref()
    }
}

/// Types whose values have an order: they take `gt`, `ge`, `lt`, `le`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` takes no `gt`, `ge`, `lt` or `le`",
    label = "only numbers have bounds",
    note = "text and lists take `min_length` and `max_length`; what is in a list is bounded by `items(ge = 1)`"
)]
pub trait Ordered {
    /// Whether bounds are written as text (`gt = "2020-01-01"`), not as numbers.
    const BY_TEXT: bool = false;
}

/// Types that take `multiple_of`.
#[diagnostic::on_unimplemented(message = "`{Self}` takes no `multiple_of`", label = "only numbers have multiples")]
pub trait Multiple: Ordered {}

/// Types that have a length: they take `min_length` and `max_length`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` takes no `min_length` or `max_length`",
    label = "only text, lists and maps have a length",
    note = "numbers take `gt`, `ge`, `lt`, `le`"
)]
pub trait Measured {}

/// Types that are text: they take `pattern`.
#[diagnostic::on_unimplemented(message = "`{Self}` takes no `pattern`", label = "only text has a pattern")]
pub trait Textual {}

/// Types that may be infinite or NaN: they take `allow_inf_nan`.
#[diagnostic::on_unimplemented(message = "`{Self}` takes no `allow_inf_nan`", label = "only floats can be infinite")]
pub trait Floating {}

/// Decimal numbers: they take `max_digits` and `decimal_places`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` takes no `max_digits` or `decimal_places`",
    label = "only decimal numbers have a number of digits"
)]
pub trait Decimals {}

/// Lists, sets and maps: they take `items(..)`, constraints of what is in them, and `fail_fast`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` takes no `items(..)`, `unique_items` or `fail_fast`",
    label = "only lists, sets and maps have items"
)]
pub trait Container {
    /// What is in it; of a map, the values.
    type Item;
}

/// Lists, whose items may come twice: they take `unique_items`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` takes no `unique_items`",
    label = "only lists whose items have `Eq` and `Hash` can tell whether one comes twice"
)]
pub trait Repeating {
    /// Whether an item comes twice.
    fn repeats(&self) -> bool;
}

/// What can be told apart: the items of a list that takes `unique_items`.
///
/// Nobody implements it: any type that has `Eq` and `Hash` is such.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be told apart from others: a list of such takes no `unique_items`",
    label = "an item of this list has no `Eq` and `Hash`",
    note = "write `#[derive(PartialEq, Eq, Hash)]` above `{Self}`"
)]
pub trait Distinct: Eq + Hash {}

#[diagnostic::do_not_recommend]
impl<T: Eq + Hash> Distinct for T {}

/// Builds [`Rules`] for a value of type `T`, and only those that such a value can have.
#[derive(Debug)]
pub struct Constraints<T> {
    rules: Rules,
    of: PhantomData<fn() -> T>,
}

impl<T> Constraints<T> {
    /// No constraint yet.
    #[must_use]
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Self { rules: Rules::NONE, of: PhantomData }
    }

    /// The rules.
    #[must_use]
    pub const fn rules(self) -> Rules {
        self.rules
    }
}

/// A bound of the wrong kind ends the compilation: bounds are constants.
impl<T: Ordered> Constraints<T> {
    // The compiler leaves out where this and its callers stand: nobody has to see more than his own bound.
    #[track_caller]
    const fn ordered(bound: Bound) -> Bound {
        let by_text = matches!(bound, Bound::Text(_));
        assert!(
            by_text == T::BY_TEXT,
            "the bounds of dates, times and durations are text, those of numbers are numbers"
        );
        bound
    }
}

impl<T> Constraints<T> {
    /// Whether a float may be infinite or NaN.
    #[must_use]
    pub const fn allow_inf_nan(mut self, allowed: bool) -> Self
    where
        T: Floating,
    {
        self.rules.finite = !allowed;
        self
    }

    /// No item comes twice.
    #[must_use]
    pub const fn unique_items(mut self) -> Self {
        self.rules.unique_items = true;
        self
    }

    /// What each item must satisfy.
    #[must_use]
    pub const fn items(mut self, items: &'static Rules) -> Self {
        self.rules.items = Some(items);
        self
    }
}

macro_rules! constraint {
    ($($bound:ident as $fit:path: $($name:ident($value:ty) $doc:literal),+;)*) => {
        impl<T> Constraints<T> {
            $($(
                #[doc = $doc]
                #[must_use]
                #[track_caller]
                // The bound stands on the method: so the compiler tells it in the trait's words.
                pub const fn $name(mut self, value: $value) -> Self
                where
                    T: $bound,
                {
                    self.rules.$name = Some($fit(value));
                    self
                }
            )+)*
        }
    };
}
constraint! {
    Ordered as Self::ordered:
        gt(Bound) "Greater than.", ge(Bound) "Greater than or equal to.",
        lt(Bound) "Less than.", le(Bound) "Less than or equal to.";
    Multiple as Self::ordered: multiple_of(Bound) "A multiple of.";
    Measured as identity: min_length(usize) "At least so long.", max_length(usize) "At most so long.";
    Textual as identity: pattern(fn() -> &'static Pattern) "Text that holds the pattern.";
    Decimals as identity: max_digits(usize) "At most so many digits.", decimal_places(usize) "At most so many after the point.";
}
