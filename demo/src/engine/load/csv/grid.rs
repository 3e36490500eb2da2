//! [`Grid`]: where the values of lines stand.

use std::ops::Range;

use memchr::memchr;

/// The most bytes that are looked at in one go. They stay in the processor's nearest cache until their values are read.
const MOST: usize = 1 << 15;

/// Bytes after which the lines are looked at that are whole by then.
const STEP: usize = 1 << 10;

/// Bytes that are compared together.
const BLOCK: usize = 64;

/// Where the values of lines stand that have no quotes, and as many values each.
///
/// All are found before the first is read: so no value has to wait for the end of the one before it.
pub(super) struct Grid {
    delimiter: u8,
    width: usize,
    /// Where each value begins, line by line; at the end, where the next one would.
    starts: Vec<u32>,
    lines: usize,
}

impl Grid {
    /// For lines of so many values.
    pub(super) fn new(delimiter: u8, width: usize) -> Self {
        Self { delimiter, width, starts: vec![0], lines: 0 }
    }

    /// Finds the values of the lines that a text begins with: of `most` lines, or up to one that is otherwise, or of
    /// [`MOST`] bytes.
    pub(super) fn find(&mut self, text: &[u8], most: usize) {
        self.starts.clear();
        self.starts.push(0);
        self.lines = 0;
        let text = text.get(..MOST).unwrap_or(text);
        let mut behind = 1;
        for step in text.chunks(STEP) {
            let quote = memchr(b'"', step);
            let (blocks, rest) = quote.and_then(|quote| step.get(..quote)).unwrap_or(step).as_chunks();
            for block in blocks {
                self.add(separators(block, self.delimiter), behind);
                behind += 64;
            }
            if !rest.is_empty() {
                let mut block = [0; BLOCK];
                block.iter_mut().zip(rest).for_each(|(byte, read)| *byte = *read);
                self.add(separators(&block, self.delimiter) & !(u64::MAX << rest.len()), behind);
            }
            while let Some(line) = self.next_line() {
                if self.lines == most || !is_line(text.get(line).unwrap_or_default()) {
                    return;
                }
                self.lines += 1;
            }
            if quote.is_some() {
                return;
            }
        }
    }

    /// How many lines there are.
    pub(super) fn lines(&self) -> usize {
        self.lines
    }

    /// How many bytes so many of them have.
    pub(super) fn bytes(&self, lines: usize) -> usize {
        self.starts.get(lines * self.width).map_or(0, |start| *start as usize)
    }

    /// Where the values of a column are in so many lines. Those of the last column may have a carriage return at their end.
    #[inline]
    pub(super) fn column(&self, index: usize, lines: usize) -> impl Iterator<Item = Range<usize>> {
        (0..lines).map(move |line| {
            let at = line * self.width + index;
            match (self.starts.get(at), self.starts.get(at + 1)) {
                (Some(start), Some(next)) => *start as usize..(*next as usize).wrapping_sub(1),
                _ => 0..0,
            }
        })
    }

    /// Adds a value behind each bit.
    #[inline]
    fn add(&mut self, mut separators: u64, behind: u32) {
        while separators != 0 {
            self.starts.push(behind + separators.trailing_zeros());
            separators &= separators - 1;
        }
    }

    /// The line behind the last one, if it is whole.
    fn next_line(&self) -> Option<Range<usize>> {
        let first = self.lines * self.width;
        Some(*self.starts.get(first)? as usize..*self.starts.get(first + self.width)? as usize)
    }
}

/// Whether a text that ends behind a separator is one line, and none that is blank.
fn is_line(text: &[u8]) -> bool {
    !matches!(text, [b'\n' | b'\r', ..]) && memchr(b'\n', text).is_some_and(|end| end + 1 == text.len())
}

/// A bit for each byte that is a delimiter or ends a line. The first byte's is the lowest one.
#[inline]
fn separators(block: &[u8; BLOCK], delimiter: u8) -> u64 {
    // The compiler makes a few instructions for many bytes of this, as long as there is no bit in it.
    let found = block.map(|byte| u8::from(byte == delimiter) | u8::from(byte == b'\n'));
    let (words, _) = found.as_chunks();
    // Each byte of a word has its bit moved to a place of its own in the highest byte.
    let bits = |word: &[u8; 8]| u64::from_le_bytes(*word).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    words.iter().rev().fold(0, |mask, word| mask << 8 | bits(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &[u8], width: usize, most: usize) -> Vec<Vec<&[u8]>> {
        let mut grid = Grid::new(b';', width);
        grid.find(text, most);
        let value = |column, line| text.get(grid.column(column, line + 1).last().unwrap()).unwrap();
        let lines: Vec<Vec<_>> =
            (0..grid.lines()).map(|line| (0..width).map(|column| value(column, line)).collect()).collect();
        let bytes: usize = lines.iter().flatten().map(|value| value.len() + 1).sum();
        assert_eq!(grid.bytes(grid.lines()), bytes);
        lines
    }

    #[test]
    fn lines_are_found_up_to_one_that_is_otherwise() {
        for (text, width, most, expected) in [
            ("a;b\nc;d\n", 2, 9, "a b|c d"),
            ("a;b\nc;d\n", 2, 1, "a b"),
            ("a;b\nc;d", 2, 9, "a b"),
            ("a;\n;d\r\n;\n", 2, 9, "a | d\r| "),
            ("a;b\nc\nd;e\n", 2, 9, "a b"),
            ("a;b\nc;d;e\nf;g\n", 2, 9, "a b"),
            ("a;b\nc;\"d\"\n", 2, 9, "a b"),
            ("a;b\n\nc;d\n", 2, 9, "a b"),
            ("a;b\n\rc;d\n", 2, 9, "a b"),
            ("a\nb\n\nc\n", 1, 9, "a|b"),
            ("a\nb\r\n\r\n", 1, 9, "a|b\r"),
            ("", 1, 9, ""),
            ("\n", 1, 9, ""),
            ("a", 1, 9, ""),
        ] {
            let found = found(text.as_bytes(), width, most);
            let found: Vec<_> =
                found.iter().map(|line| str::from_utf8(&line.join(&b' ')).unwrap().to_owned()).collect();
            assert_eq!(found.join("|"), expected, "{text:?}");
        }
    }

    #[test]
    fn each_byte_is_told_from_each_other() {
        for byte in 0..=u8::MAX {
            for at in 0..BLOCK {
                let mut block = [b'x'; BLOCK];
                block[at] = byte;
                let expected = if matches!(byte, b';' | b'\n') { 1 << at } else { 0 };
                assert_eq!(separators(&block, b';'), expected, "{byte} at {at}");
            }
        }
        assert_eq!(separators(&[b';'; BLOCK], b';'), u64::MAX);
    }

    #[test]
    fn long_texts_are_found_by_and_by() {
        let line = |number: usize| format!("{number};{};x\n", "é".repeat(number % 90));
        let text: String = (0..3000).map(line).collect();
        let (mut rest, mut lines) = (text.as_bytes(), 0);
        while !rest.is_empty() {
            for values in found(rest, 3, usize::MAX) {
                let expected = line(lines);
                assert_eq!([&values.join(&b';')[..], b"\n"].concat(), expected.as_bytes());
                rest = &rest[expected.len()..];
                lines += 1;
            }
        }
        assert_eq!(lines, 3000);
    }

    #[test]
    fn nothing_is_found_behind_a_quote() {
        for before in [0, 1, 32, 512, 1024] {
            let text = format!("{}\"\n{}", "x\n".repeat(before), "x\n".repeat(2000));
            assert_eq!(found(text.as_bytes(), 1, usize::MAX).len(), before);
        }
    }
}
