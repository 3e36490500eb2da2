//! "Did you mean": the known word that is nearest to a mistyped one.

/// What to say of a word that is not among `known`.
pub(crate) fn unknown(what: &str, word: &str, known: &[&str]) -> String {
    let mut sorted: Vec<&str> = known.to_vec();
    sorted.sort_by_key(|candidate| (!begins(word, candidate), distance(word, candidate)));
    let hint = nearest(word, known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    let advice = ADVICE.iter().find(|(other, _)| *other == word && hint.is_empty());
    let hint = advice.map_or(hint, |(_, advice)| format!("; {advice}"));
    let list = sorted.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    let list = if list.is_empty() { "it takes none".to_owned() } else { format!("known here: {list}") };
    format!("unknown {what} `{word}`{hint}\n{list}")
}

/// What other libraries call our options.
const ELSEWHERE: [(&str, &str); 17] = [
    ("min", "ge"),
    ("minimum", "ge"),
    ("exclusive_minimum", "gt"),
    ("max", "le"),
    ("maximum", "le"),
    ("exclusive_maximum", "lt"),
    ("min_items", "min_length"),
    ("max_items", "max_length"),
    ("regex", "pattern"),
    ("rename", "alias"),
    ("name", "alias"),
    ("doc", "description"),
    ("code", "status"),
    ("status_code", "status"),
    ("response_model", "response"),
    ("skip_serializing", "write_only"),
    ("skip_deserializing", "read_only"),
];

/// What is said otherwise than by an option.
const ADVICE: [(&str, &str); 3] = [
    ("optional", "what may be left out has the type `Option<..>`, or a `default`"),
    ("nullable", "what may be null has the type `Option<..>`"),
    ("detail", "the detail is a text in front: `#[error(\"Item {id} not found\", status = 404)]`"),
];

/// The known word that was meant, if one is near.
pub(crate) fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let ours = ELSEWHERE.iter().find(|(other, _)| *other == word).map(|(_, ours)| *ours);
    if let Some(ours) = known.iter().find(|candidate| Some(**candidate) == ours) {
        return Some(ours);
    }
    let first = known.iter().min_by_key(|candidate| (!begins(word, candidate), distance(word, candidate)))?;
    (begins(word, first) || distance(word, first) <= 1 + word.len() / 3).then_some(*first)
}

/// The known word of which this is a slip of the keyboard.
pub(crate) fn mistyped<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let slips = if word.len() < 5 { 1 } else { 2 };
    known.iter().copied().find(|candidate| *candidate != word && distance(word, candidate) <= slips)
}

/// Whether one is the other's beginning: `max_len` for `max_length`.
fn begins(word: &str, known: &str) -> bool {
    word.len().min(known.len()) >= 4 && (known.starts_with(word) || word.starts_with(known))
}

/// Levenshtein's distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (to, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = *cell;
            left = replaced.min(left + 1).min(*cell + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (a, b, expected) in [("", "abc", 3), ("max_len", "max_length", 3), ("gt", "ge", 1), ("tags", "tags", 0)] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn the_nearest_word_comes_first() {
        let text = unknown("option", "tag", &["status", "tags"]);
        assert_eq!(text, "unknown option `tag`; did you mean `tags`?\nknown here: `tags`, `status`");
    }
}
