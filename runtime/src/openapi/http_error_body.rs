//! [`HttpErrorBody`]: the answer that most faults have.

use super::{ComponentId, Components, Describe, Kind, Schema};

/// `{"detail": "Not Found"}`.
pub(crate) struct HttpErrorBody;

impl Describe for HttpErrorBody {
    fn describe(components: &mut Components) -> Schema {
        components.add(ComponentId::of::<Self>(), "HTTPError", |_| Schema {
            properties: vec![("detail".into(), Schema { title: Some("Detail".into()), ..Schema::string() })],
            required: vec!["detail".into()],
            title: Some("HTTPError".into()),
            ..Schema::of(Kind::Object)
        })
    }
}
