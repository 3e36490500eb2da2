//! [`Convertor`]: what stands for a parameter of a path, by the words that Starlette has for it.

use serde_json::Value;

/// What the text of a path parameter may be: `{item_id}`, `{item_id:int}`.
///
/// A path whose text is something else is no path of the operation's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Convertor {
    /// One segment.
    Str,
    /// Digits.
    Int,
    /// Digits, perhaps with a fraction.
    Float,
    /// A UUID, with or without hyphens.
    Uuid,
    /// The rest of the path, slashes included.
    Path,
}

impl Convertor {
    const WORDS: [(&str, Self); 5] =
        [("str", Self::Str), ("int", Self::Int), ("float", Self::Float), ("uuid", Self::Uuid), ("path", Self::Path)];

    /// The name in the braces, and what is said of it; a word that is unknown is left in the name.
    fn of(parameter: &str) -> (&str, Self) {
        let known = parameter.split_once(':').and_then(|(name, word)| {
            Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, convertor)| (name, *convertor))
        });
        known.unwrap_or((parameter, Self::Str))
    }

    /// Whether every text between two slashes fits.
    pub(crate) const fn takes_all(self) -> bool {
        matches!(self, Self::Str | Self::Path)
    }

    /// The regular expression of what fits.
    pub(crate) const fn pattern(self) -> &'static str {
        match self {
            Self::Str => "[^/]+",
            Self::Int => "[0-9]+",
            Self::Float => r"[0-9]+(?:\.[0-9]+)?",
            Self::Uuid => "[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}",
            Self::Path => "(?s:.*)",
        }
    }

    /// Whether a text fits.
    pub(crate) fn fits(self, text: &str) -> bool {
        let whole = format!(r"\A(?:{})\z", self.pattern());
        regex::Regex::new(&whole).is_ok_and(|regex| regex.is_match(text))
    }

    /// The number that a text is which fits.
    pub(crate) fn number(self, text: &str) -> Option<Value> {
        match self {
            Self::Int => text.parse::<u64>().ok().map(Value::from),
            Self::Float => text.parse::<f64>().ok().map(Value::from),
            _ => None,
        }
    }
}

/// The parameters of a path template.
pub(crate) fn path_parameters(template: &str) -> impl Iterator<Item = (&str, Convertor)> {
    template.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| Convertor::of(name))
}

/// The names of a path template's parameters.
pub(crate) fn path_names(template: &str) -> impl Iterator<Item = &str> {
    path_parameters(template).map(|(name, _)| name)
}

/// A template piece by piece: a parameter, unless it is the first piece, and the text that follows.
pub(crate) fn path_pieces(template: &str) -> impl Iterator<Item = (Option<(&str, Convertor)>, &str)> {
    template.split('{').enumerate().map(|(index, piece)| match piece.split_once('}') {
        Some((name, rest)) if index > 0 => (Some(Convertor::of(name)), rest),
        _ => (None, piece),
    })
}

/// The template with something else for each parameter.
pub(crate) fn with_parameters(template: &str, mut write: impl FnMut(&str, Convertor) -> String) -> String {
    let mut text = String::with_capacity(template.len());
    for (parameter, rest) in path_pieces(template) {
        if let Some((name, convertor)) = parameter {
            text.push_str(&write(name, convertor));
        }
        text.push_str(rest);
    }
    text
}

/// As the document writes it: `/items/{item_id}`.
pub(crate) fn documented_path(template: &str) -> String {
    with_parameters(template, |name, _| format!("{{{name}}}"))
}

/// The word that is no convertor's, if there is one.
pub(crate) fn unknown_convertor(template: &str) -> Option<&str> {
    path_names(template).find_map(|name| name.split_once(':')).map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fit_as_in_starlette() {
        let uuid = "0123456789abcdefABCDEF0123456789";
        let long = format!("{uuid}0");
        for (word, good, bad) in [
            ("int", vec!["0", "007", "99999999999999999999"], vec!["", "-1", "1.0", "a", "1_0", " 1", "٣", "1\n"]),
            ("float", vec!["1", "1.5", "00.10"], vec!["", "1.", ".5", "-1.5", "1e3", "nan", "1.5.2"]),
            (
                "uuid",
                vec![uuid, "01234567-89ab-cdef-ABCD-EF0123456789", "0123456789ab-cdefABCD-EF0123456789"],
                vec!["", &uuid[1..], &long, "-0123456789abcdefABCDEF012345678"],
            ),
            ("str", vec!["a", "1"], vec!["", "a/b"]),
            ("path", vec!["", "a/b", "a\nb"], vec![]),
        ] {
            let parameter = format!("x:{word}");
            let (name, convertor) = Convertor::of(&parameter);
            assert_eq!(name, "x", "{word}");
            for text in good {
                assert!(convertor.fits(text), "{word} {text}");
            }
            for text in bad {
                assert!(!convertor.fits(text), "{word} {text}");
            }
        }
    }

    #[test]
    fn templates_are_written_otherwise() {
        assert_eq!(documented_path("/a/{b:int}/{c}x{d:path}"), "/a/{b}/{c}x{d}");
        assert_eq!(path_names("/a/{b:int}/{c:other}").collect::<Vec<_>>(), ["b", "c:other"]);
        assert_eq!(unknown_convertor("/a/{b:int}/{c:other}"), Some("other"));
    }
}
