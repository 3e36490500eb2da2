//! [`TextDefault`]: a default that is written as a text.

/// A type whose default may be written as a text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no default that is a text",
    label = "its default is written as a text",
    note = "write a value of the type, such as `default = 10`, or name a function that makes one: `default_with = new_id`"
)]
pub trait TextDefault {
    /// The default.
    fn text_default(text: &'static str) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: From<&'static str>> TextDefault for T {
    fn text_default(text: &'static str) -> Self {
        text.into()
    }
}
