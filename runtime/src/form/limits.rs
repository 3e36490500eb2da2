//! [`FormLimits`]: how much of a form is read.

/// How much of a form is read, beside the body limit. What is not said is inherited: by an operation from its router,
/// by that from the app.
///
/// ```
/// use versify::{FormLimits, prelude::*};
///
/// /// At most five fields, one of which may have 2 MiB.
/// #[post("/documents", form_limits(max_part_size = 2 * 1024 * 1024))]
/// async fn create_document(#[form] text: String) -> usize {
///     text.len()
/// }
///
/// # fn main() {
/// let app = App::new("Documents", "1.0.0")
///     .form_limits(FormLimits::new().max_fields(5))
///     .routes(routes![create_document]);
/// # let _ = app;
/// # }
/// ```
///
/// A form beyond them is answered with 400 and a text that names the limit, as soon as it is seen to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FormLimits {
    max_fields: Option<usize>,
    max_files: Option<usize>,
    max_part_size: Option<usize>,
}

impl FormLimits {
    /// Nothing is said.
    #[must_use]
    pub const fn new() -> Self {
        Self { max_fields: None, max_files: None, max_part_size: None }
    }

    /// At most so many fields that are no files; 1,000 by default.
    #[must_use]
    pub const fn max_fields(mut self, count: usize) -> Self {
        self.max_fields = Some(count);
        self
    }

    /// At most so many files; 1,000 by default.
    #[must_use]
    pub const fn max_files(mut self, count: usize) -> Self {
        self.max_files = Some(count);
        self
    }

    /// At most so many bytes in a field that is no file; 1 MiB by default. Of a field in an URL-encoded form the name
    /// counts, too.
    #[must_use]
    pub const fn max_part_size(mut self, bytes: usize) -> Self {
        self.max_part_size = Some(bytes);
        self
    }

    /// What is not said here, as `outer` says it.
    #[must_use]
    pub const fn or(self, outer: Self) -> Self {
        const fn or(own: Option<usize>, outer: Option<usize>) -> Option<usize> {
            if own.is_some() { own } else { outer }
        }
        Self {
            max_fields: or(self.max_fields, outer.max_fields),
            max_files: or(self.max_files, outer.max_files),
            max_part_size: or(self.max_part_size, outer.max_part_size),
        }
    }

    pub(super) fn fields(self) -> usize {
        self.max_fields.unwrap_or(1_000)
    }

    pub(super) fn files(self) -> usize {
        self.max_files.unwrap_or(1_000)
    }

    pub(super) fn part_size(self) -> usize {
        self.max_part_size.unwrap_or(1 << 20)
    }
}

#[cfg(test)]
mod tests {
    use super::FormLimits;

    #[test]
    fn each_limit_is_inherited_by_itself() {
        let app = FormLimits::new().max_fields(5).max_part_size(10);
        let own = FormLimits::new().max_part_size(20);
        let both = own.or(app);
        assert_eq!((both.fields(), both.files(), both.part_size()), (5, 1_000, 20));
    }
}
