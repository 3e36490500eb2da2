//! [`TextDefault`]: a default that is written as a text.

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
