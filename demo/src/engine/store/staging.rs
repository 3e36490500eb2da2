//! [`StagingFile`]: an upload, from its first byte on.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use tempfile::TempPath;

use crate::engine::error::Error;

/// A file for an upload, removed when the last clone is dropped.
///
/// Whoever writes it tells so by a [`Growth`], if it is to be read meanwhile. Else it is complete before it is read.
#[derive(Debug, Clone)]
pub struct StagingFile(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    path: TempPath,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    phase: Phase,
    /// Counts what was told of its growth.
    changes: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Growing,
    Complete,
    Abandoned,
}

/// The right to write a [`StagingFile`] that others read. If it is dropped, they learn that the file will not be complete.
#[derive(Debug)]
pub struct Growth(StagingFile);

impl StagingFile {
    pub(in crate::engine) fn new(path: TempPath) -> Self {
        let state = State { phase: Phase::Complete, changes: 0 };
        Self(Arc::new(Shared { path, state: Mutex::new(state), changed: Condvar::new() }))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// Lets it grow while it is read: from now on, until that is complete or dropped, whoever comes to its end waits.
    pub fn grow(&self) -> Growth {
        self.0.enter(Phase::Growing);
        Growth(self.clone())
    }

    /// What is in it, from the beginning. Reading blocks while it grows, and fails if it will not be complete.
    pub(in crate::engine) fn open(&self) -> io::Result<impl Read + Send + use<>> {
        Ok(Reader { file: File::open(self.path())?, shared: Arc::clone(&self.0) })
    }

    /// Waits until it is complete. Blocks.
    pub(in crate::engine) fn wait(&self) -> io::Result<()> {
        let mut state = self.0.lock();
        while state.phase == Phase::Growing {
            state = self.0.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.phase.ended().map(drop)
    }
}

impl Growth {
    /// There is more to read than before, or soon will be.
    pub fn grown(&self) {
        self.0.0.enter(Phase::Growing);
    }

    /// All is written.
    pub fn complete(self) {
        self.0.0.enter(Phase::Complete);
    }
}

impl Drop for Growth {
    fn drop(&mut self) {
        let shared = &self.0.0;
        if shared.lock().phase == Phase::Growing {
            shared.enter(Phase::Abandoned);
        }
    }
}

impl Phase {
    /// Whether nothing more comes.
    fn ended(self) -> io::Result<bool> {
        match self {
            Self::Growing => Ok(false),
            Self::Complete => Ok(true),
            Self::Abandoned => Err(io::Error::other(Error::unreadable())),
        }
    }
}

impl Shared {
    fn enter(&self, phase: Phase) {
        let mut state = self.lock();
        state.phase = phase;
        state.changes += 1;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Reader {
    file: File,
    shared: Arc<Shared>,
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            // What is written before this is read below.
            let State { phase, changes } = *self.shared.lock();
            let read = self.file.read(buffer)?;
            if read > 0 || buffer.is_empty() || phase.ended()? {
                return Ok(read);
            }
            let same = |state: &mut State| state.changes == changes;
            drop(self.shared.changed.wait_while(self.shared.lock(), same));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::thread;

    use super::*;

    fn staging_file() -> (StagingFile, File) {
        let (file, path) = tempfile::NamedTempFile::new().unwrap().into_parts();
        (StagingFile::new(path), file)
    }

    #[test]
    fn a_file_is_read_while_it_grows() {
        let (staged, mut file) = staging_file();
        let growth = staged.grow();
        let reading = {
            let staged = staged.clone();
            thread::spawn(move || {
                let mut text = String::new();
                staged.open()?.read_to_string(&mut text)?;
                staged.wait().map(|()| text)
            })
        };
        let pieces: Vec<String> = (0..1000).map(|number| format!("{number}\n")).collect();
        for piece in &pieces {
            file.write_all(piece.as_bytes()).unwrap();
            growth.grown();
        }
        growth.complete();
        assert_eq!(reading.join().unwrap().unwrap(), pieces.concat());
        let mut again = String::new();
        staged.open().unwrap().read_to_string(&mut again).unwrap();
        assert_eq!(again, pieces.concat());
    }

    #[test]
    fn whoever_waits_learns_that_nothing_comes() {
        let (staged, mut file) = staging_file();
        let growth = staged.grow();
        file.write_all(b"half of").unwrap();
        let waiting: Vec<_> = (0..2)
            .map(|number| {
                let staged = staged.clone();
                thread::spawn(move || match number {
                    0 => staged.open()?.read_to_end(&mut Vec::new()).map(drop),
                    _ => staged.wait(),
                })
            })
            .collect();
        drop(growth);
        assert!(waiting.into_iter().all(|thread| thread.join().unwrap().is_err()));
    }
}
