//! [`Context`]: what a walk has found so far.

use std::{borrow::Cow, sync::Arc};

use super::{
    content::{Content, MASK},
    issue::{Input, Issue, Segment},
    rules::Rules,
};
use crate::form::FormFile;

/// Where input comes from: text that a browser or a shell typed is read a little differently from JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Json,
    /// One name may carry several texts. Of these a scalar takes the last.
    LastText,
    /// As before, but a scalar takes the first (headers).
    FirstText,
}

/// How near the input was to the type: it decides between the members of a union (Pydantic's smart mode).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exactness {
    /// Something was converted that strict mode refuses.
    Lax,
    /// Something was converted that strict mode takes: an integer for a float.
    Strict,
    Exact,
}

/// What a field demands of the value that is read next, and not of the values within that.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Demands {
    /// Nothing is converted.
    pub(crate) strict: bool,
    /// A list ends at its first faulty item.
    pub(crate) fail_fast: bool,
    /// Constraints of a list's items or a map's values.
    pub(crate) items: Option<&'static Rules>,
}

impl Demands {
    pub(crate) const NONE: Self = Self { strict: false, fail_fast: false, items: None };
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
    pub(crate) demands: Demands,
    /// Names of fields whose values no answer may quote.
    secrets: Vec<&'static str>,
    /// The least of all values so far.
    pub(crate) exactness: Exactness,
    /// Whether an untagged union wants to know how many fields were sent.
    pub(crate) counts_fields: bool,
    /// How many fields of models were sent, if any model was read.
    pub(crate) fields_set: Option<usize>,
    /// Whether declared names have hyphens on the wire (headers).
    pub(crate) hyphens: bool,
    /// Whether something has to be seen whole: then all is read again.
    pub(crate) read_again: bool,
    /// Whether members of unions choose their own values of a form.
    pub(crate) form: bool,
    /// The files of the form that is read.
    pub(crate) files: Option<Arc<Vec<FormFile>>>,
}

impl Context {
    /// How many issues one request may name, by default.
    pub(crate) const LIMIT: usize = 1_000;

    pub(crate) fn new(mode: Mode) -> Self {
        Self {
            issues: Vec::new(),
            limit: Self::LIMIT,
            mode,
            tag: None,
            demands: Demands::NONE,
            secrets: Vec::new(),
            exactness: Exactness::Exact,
            counts_fields: false,
            fields_set: None,
            hyphens: false,
            read_again: false,
            form: false,
            files: None,
        }
    }

    /// A field of a model was sent, and is the first of its name.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn count_field(&mut self) {
        if self.counts_fields {
            *self.fields_set.get_or_insert(0) += 1;
        }
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

    /// No answer may quote what stands under these names.
    #[cold]
    pub(crate) fn keep_secret(&mut self, names: impl IntoIterator<Item = &'static str>) {
        self.secrets.extend(names);
    }

    /// The names whose values must not be quoted.
    pub(crate) fn secrets(&self) -> &[&'static str] {
        &self.secrets
    }

    /// Masks the input of all issues since `mark`.
    pub(crate) fn hide_inputs(&mut self, mark: usize) {
        for issue in self.since(mark) {
            issue.input = Input::Known(Content::Str(Cow::Borrowed(MASK)));
        }
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

    /// Something was converted.
    #[inline]
    pub(crate) fn lower(&mut self, exactness: Exactness) {
        self.exactness = self.exactness.min(exactness);
    }

    /// Takes back the issues since `mark`.
    pub(crate) fn forget_since(&mut self, mark: usize) {
        self.issues.truncate(mark);
    }

    pub(crate) fn issues_mut(&mut self) -> &mut Vec<Issue> {
        &mut self.issues
    }

    pub(crate) fn into_issues(self) -> Vec<Issue> {
        self.issues
    }
}
