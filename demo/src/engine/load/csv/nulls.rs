/// What stands for a missing value.
#[derive(Clone, Copy)]
pub(super) struct Nulls<'a> {
    texts: &'a [String],
    /// A bit for each length that one of them has: most values are told by theirs.
    lengths: u64,
}

impl<'a> Nulls<'a> {
    pub(super) fn new(texts: &'a [String]) -> Self {
        Self { texts, lengths: texts.iter().fold(0, |lengths, text| lengths | bit(text)) }
    }

    pub(super) fn contain(self, value: &str) -> bool {
        self.lengths & bit(value) != 0 && self.texts.iter().any(|text| text == value)
    }
}

/// The longest share one.
fn bit(text: &str) -> u64 {
    1 << text.len().min(63)
}
