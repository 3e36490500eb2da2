//! [`Hot`]: tables that were read lately, unpacked, in memory.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::context::Opened;

/// Tables that were read lately, unpacked, in memory. When they take too much, the one that was not asked for longest goes.
pub(super) struct Hot {
    budget: u64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// By version. Nothing in it can be out of date: versions do not change.
    tables: HashMap<String, Entry>,
    used: u64,
    /// Counts questions.
    clock: u64,
}

struct Entry {
    /// `None` while it is being read.
    table: Option<Opened>,
    bytes: u64,
    asked: u64,
}

impl Hot {
    /// Holds at most so many bytes.
    pub(super) fn new(budget: u64) -> Self {
        Self { budget, state: Mutex::default() }
    }

    pub(super) fn get(&self, version: &str) -> Option<Opened> {
        let mut state = self.lock();
        state.clock += 1;
        let asked = state.clock;
        let entry = state.tables.get_mut(version)?;
        entry.asked = asked;
        entry.table.clone()
    }

    /// Whether it is worth it to read a table of so many bytes, which nobody has begun to read yet.
    pub(super) fn begin(&self, version: &str, bytes: u64) -> bool {
        let mut state = self.lock();
        if bytes > self.budget || state.tables.contains_key(version) {
            return false;
        }
        while state.used + bytes > self.budget {
            let coldest = state.tables.iter().min_by_key(|(_, entry)| entry.asked).map(|(version, _)| version.clone());
            let Some(gone) = coldest.and_then(|coldest| state.tables.remove(&coldest)) else { break };
            state.used -= gone.bytes;
        }
        state.used += bytes;
        let asked = state.clock;
        state.tables.insert(version.to_owned(), Entry { table: None, bytes, asked });
        true
    }

    /// Keeps a table that was begun; forgets it if it could not be read.
    pub(super) fn end(&self, version: &str, table: Option<Opened>) {
        let mut state = self.lock();
        match table {
            Some(table) => {
                if let Some(entry) = state.tables.get_mut(version) {
                    entry.table = Some(table);
                }
            }
            None => {
                if let Some(entry) = state.tables.remove(version) {
                    state.used -= entry.bytes;
                }
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_asked_for_longest_goes() {
        let hot = Hot::new(100);
        assert!(!hot.begin("huge", 101));
        assert!(hot.begin("a", 40) && hot.begin("b", 40));
        assert!(!hot.begin("a", 40), "it is being read");
        assert!(hot.get("a").is_none() && hot.get("c").is_none());
        assert!(hot.begin("c", 40), "`b` goes");
        assert!(!hot.begin("a", 40) && hot.begin("b", 20), "`a` is there, `b` is not");
        hot.end("a", None);
        assert!(hot.begin("a", 40), "it could not be read, and is read again");
    }
}
