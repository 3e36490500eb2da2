//! [`Context`]: what a walk has found so far.

use super::issue::{Issue, Segment};

/// Where input comes from: text that a browser or a shell typed is read a little differently from JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Json,
    /// One name may carry several texts. Of these a scalar takes the last.
    LastText,
    /// As before, but a scalar takes the first (headers).
    FirstText,
}

/// Collects the issues of one walk.
///
/// Issues get their location while the walk unwinds: whoever read a part adds its own step to all issues that came
/// since its [`mark`](Self::mark). A request without faults never builds a location.
#[derive(Debug)]
pub struct Context {
    issues: Vec<Issue>,
    limit: usize,
    pub(crate) mode: Mode,
    /// The tag of the union that is being read: its member may forbid unknown keys and yet meet it.
    pub(crate) tag: Option<&'static str>,
}

impl Context {
    /// How many issues one request may name, by default.
    pub(crate) const LIMIT: usize = 1_000;

    pub(crate) fn new(mode: Mode) -> Self {
        Self { issues: Vec::new(), limit: Self::LIMIT, mode, tag: None }
    }

    /// Adds an issue, unless the limit (1,000) is reached. The walk goes on all the same.
    #[cold]
    pub fn report(&mut self, issue: Issue) {
        if self.issues.len() < self.limit {
            self.issues.push(issue);
        }
    }

    /// Reports `issue` and gives `None`: the value was wrong.
    #[cold]
    pub fn refuse<T>(&mut self, issue: Issue) -> Option<T> {
        self.report(issue);
        None
    }

    /// How many issues there are: what comes after is told by comparing.
    #[inline]
    #[must_use]
    pub fn mark(&self) -> usize {
        self.issues.len()
    }

    /// Adds one step, on the outside, to the location of all issues since `mark`.
    #[inline]
    pub fn locate(&mut self, mark: usize, step: impl FnOnce() -> Segment) {
        if self.issues.len() != mark {
            self.add_step(mark, step());
        }
    }

    #[cold]
    fn add_step(&mut self, mark: usize, step: Segment) {
        for issue in self.since(mark) {
            issue.location.push(step.clone());
        }
    }

    #[inline]
    pub(crate) fn is_text(&self) -> bool {
        self.mode != Mode::Json
    }

    pub(crate) fn since(&mut self, mark: usize) -> &mut [Issue] {
        self.issues.get_mut(mark..).unwrap_or_default()
    }

    /// Forgets issues since `mark` whose outermost step is `key`: a later value of the same key counts instead.
    #[cold]
    pub(crate) fn forget(&mut self, mark: usize, key: &str) {
        let mut index = 0;
        self.issues.retain(|issue| {
            let old = index < mark;
            index += 1;
            old || !matches!(issue.location.last(), Some(Segment::Key(name)) if name == key)
        });
    }

    pub(crate) fn into_issues(self) -> Vec<Issue> {
        self.issues
    }
}
