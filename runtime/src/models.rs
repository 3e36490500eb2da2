//! What generated code asks of types: of a model's fields, of a union's members, of the keys of maps.

mod answer_field;
mod extras_field;
mod key;
mod model_field;
mod tagged_member;
mod untagged_member;

pub use answer_field::AnswerField;
pub use extras_field::ExtrasField;
pub use key::Key;
pub use model_field::ModelField;
pub use tagged_member::TaggedMember;
pub use untagged_member::UntaggedMember;

pub use crate::serialize::Object;
