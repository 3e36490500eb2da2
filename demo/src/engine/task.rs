//! [`Transform`]: a pipeline of steps as it is asked for, and [`Task`]: one with a place for its result.

use std::collections::BTreeSet;

use versify::model;

use super::dataset::Source;
use super::steps::Step;

/// A pipeline: the dataset that it begins with, and what to do with it.
#[model(extra = "forbid")]
#[derive(Debug, Clone, PartialEq)]
pub struct Transform {
    /// The dataset to begin with.
    #[field(examples = ["penguins"])]
    pub dataset: String,
    /// Which version of it; the newest if none is named.
    #[field(ge = 1)]
    pub version: Option<u64>,
    /// What to do with it, in order.
    #[field(max_length = 100)]
    pub steps: Vec<Step>,
}

/// What a job does.
#[model]
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// The pipeline.
    pub transform: Transform,
    /// The datasets that it reads, with the versions that it reads of them.
    pub sources: Vec<Source>,
    /// Whether the result is a new version of a dataset that was there already.
    pub refresh: bool,
}

impl Transform {
    /// The datasets that it reads, each with the version that it asks for.
    pub(super) fn inputs(&self) -> Vec<(&str, Option<u64>)> {
        let joined = self.steps.iter().filter_map(Step::input);
        let mut seen = BTreeSet::new();
        [(self.dataset.as_str(), self.version)].into_iter().chain(joined).filter(|input| seen.insert(*input)).collect()
    }
}
