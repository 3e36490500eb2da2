//! [`Rename`]: `rename_all`, with serde's names for the cases.

use crate::{ctxt::Ctxt, nearest, options::Options};

#[derive(Clone, Copy)]
pub(super) enum Rename {
    None,
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

const CASES: [(&str, Rename); 8] = [
    ("lowercase", Rename::Lower),
    ("UPPERCASE", Rename::Upper),
    ("PascalCase", Rename::Pascal),
    ("camelCase", Rename::Camel),
    ("snake_case", Rename::Snake),
    ("SCREAMING_SNAKE_CASE", Rename::ScreamingSnake),
    ("kebab-case", Rename::Kebab),
    ("SCREAMING-KEBAB-CASE", Rename::ScreamingKebab),
];

impl Rename {
    pub(super) fn new(options: &Options, cx: &Ctxt) -> Self {
        let Some(text) = options.text("rename_all", cx) else { return Self::None };
        let value = text.value();
        match CASES.iter().find(|(name, _)| *name == value) {
            Some((_, rename)) => *rename,
            None => {
                let known: Vec<&str> = CASES.iter().map(|(name, _)| *name).collect();
                cx.error(text, nearest::unknown("case", &value, &known));
                Self::None
            }
        }
    }

    /// The name on the wire of a field (`snake_case`) or a variant (`PascalCase`).
    pub(super) fn apply(self, name: &str) -> String {
        let words = words(name);
        let capital = |word: &String| {
            let mut chars = word.chars();
            chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default()
        };
        match self {
            Self::None => name.to_owned(),
            Self::Lower => words.concat(),
            Self::Upper => words.concat().to_uppercase(),
            Self::Pascal => words.iter().map(capital).collect(),
            Self::Camel => {
                let (first, rest) =
                    words.split_first().map_or((String::new(), &[][..]), |(first, rest)| (first.clone(), rest));
                first + &rest.iter().map(capital).collect::<String>()
            }
            Self::Snake => words.join("_"),
            Self::ScreamingSnake => words.join("_").to_uppercase(),
            Self::Kebab => words.join("-"),
            Self::ScreamingKebab => words.join("-").to_uppercase(),
        }
    }
}

/// The words of a name, in lower case: each capital begins one, each underscore ends one.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    for char in name.chars() {
        let begins = char.is_uppercase() || char == '_';
        if begins && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| char != '_') {
            word.extend(char.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_change_as_serdes_do() {
        for (name, camel, kebab, pascal) in [
            ("item_id", "itemId", "item-id", "ItemId"),
            ("CountDistinct", "countDistinct", "count-distinct", "CountDistinct"),
            ("a", "a", "a", "A"),
        ] {
            assert_eq!(Rename::Camel.apply(name), camel);
            assert_eq!(Rename::Kebab.apply(name), kebab);
            assert_eq!(Rename::Pascal.apply(name), pascal);
        }
        assert_eq!(Rename::ScreamingSnake.apply("OneHot"), "ONE_HOT");
        assert_eq!(Rename::Lower.apply("OneHot"), "onehot");
    }
}
