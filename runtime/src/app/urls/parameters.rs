//! [`UrlParameters`]: names and values, as code writes them down.

use std::fmt::Display;

/// Parameters of a URL: `()` for none, a list of pairs `[("item_id", 42)]`, or up to four pairs of several types
/// `(("user", "ann"), ("item_id", 42))`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` are no parameters of a URL",
    note = "write `()` for none, `[(\"item_id\", 42)]`, or pairs of several types: `((\"user\", \"ann\"), (\"item_id\", 42))`"
)]
pub trait UrlParameters {
    /// Each name with its value.
    fn pairs(self) -> Vec<(String, String)>;
}

impl UrlParameters for () {
    fn pairs(self) -> Vec<(String, String)> {
        Vec::new()
    }
}

impl<N: Display, V: Display, const COUNT: usize> UrlParameters for [(N, V); COUNT] {
    fn pairs(self) -> Vec<(String, String)> {
        self.into_iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
    }
}

impl<N: Display, V: Display> UrlParameters for Vec<(N, V)> {
    fn pairs(self) -> Vec<(String, String)> {
        self.into_iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
    }
}

macro_rules! pairs {
    ($($value:ident)+) => {
        impl<$($value: Display),+> UrlParameters for ($((&str, $value),)+) {
            fn pairs(self) -> Vec<(String, String)> {
                #[allow(non_snake_case, reason = "values go by the names of their types")]
                let ($($value,)+) = self;
                vec![$(($value.0.to_owned(), $value.1.to_string())),+]
            }
        }
    };
}

pairs!(A);
pairs!(A B);
pairs!(A B C);
pairs!(A B C D);
