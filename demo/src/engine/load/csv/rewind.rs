//! [`Rewind`]: a file that is read from its beginning twice, and unpacked once.

use std::io::{self, BufRead, Cursor, Read};

/// The most bytes that are kept for being read again.
const MOST: usize = 4 << 20;

/// Keeps what is read, if it is not much.
pub(super) struct Rewind<R> {
    input: R,
    read: Option<Vec<u8>>,
}

impl<R: BufRead + 'static> Rewind<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, read: Some(Vec::new()) }
    }

    /// The file from its beginning, if what was read of it is kept.
    pub(super) fn rewind(self) -> Option<Box<dyn BufRead>> {
        let Self { input, read } = self;
        Some(Box::new(Cursor::new(read?).chain(input)))
    }
}

impl<R: BufRead> BufRead for Rewind<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        if amount == 0 {
            return;
        }
        // What is consumed has been filled, and is there still.
        let consumed = self.input.fill_buf().ok().and_then(|filled| filled.get(..amount));
        self.read = match (self.read.take(), consumed) {
            (Some(mut read), Some(consumed)) if read.len() + amount <= MOST => {
                read.extend_from_slice(consumed);
                Some(read)
            }
            _ => None,
        };
        self.input.consume(amount);
    }
}

impl<R: BufRead> Read for Rewind<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(text: &[u8], consumed: &[usize]) -> Option<Vec<u8>> {
        let mut input = Rewind::new(io::BufReader::with_capacity(1 << 16, Cursor::new(text.to_vec())));
        for amount in consumed {
            assert!(input.fill_buf().unwrap().len() >= *amount);
            input.consume(*amount);
        }
        input.rewind().map(|mut input| {
            let mut bytes = Vec::new();
            input.read_to_end(&mut bytes).unwrap();
            bytes
        })
    }

    #[test]
    fn what_was_read_is_read_again() {
        let text: Vec<u8> = (0..MOST + 1).map(|at| (at % 251) as u8).collect();
        assert_eq!(again(b"", &[]), Some(Vec::new()));
        for consumed in [vec![], vec![3, 0, 1000, 20], vec![1 << 16; MOST >> 16]] {
            assert!(again(&text, &consumed).as_ref() == Some(&text), "{}", consumed.len());
        }
    }

    #[test]
    fn what_is_too_much_to_keep_is_not_kept() {
        let mut consumed = vec![1 << 16; MOST >> 16];
        consumed.push(1);
        assert_eq!(again(&[b'x'; MOST + 1], &consumed), None);
    }
}
