//! STUB
/// x
#[derive(Debug, Clone, Default)]
pub struct Info { /// x
 pub title: String, /// x
 pub version: String, /// x
 pub description: Option<String> }
impl Info { /// x
 pub fn new(t: impl Into<String>, v: impl Into<String>) -> Self { Self { title: t.into(), version: v.into(), description: None } } }
