//! What generated code asks of types: of a model's fields, of a union's members, of the keys of maps, of
//! validators.

mod answer_field;
mod extras_field;
mod key;
mod model_field;
mod tagged_member;
mod untagged_member;
mod verdict;

pub use answer_field::{AnswerField, Computed};
pub use extras_field::ExtrasField;
pub use key::Key;
pub use model_field::ModelField;
pub use tagged_member::TaggedMember;
pub use untagged_member::UntaggedMember;
pub use verdict::{Verdict, said};

pub use crate::serialize::Object;
