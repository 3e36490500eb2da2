//! What the framework itself answers, for the document: each answer where it can happen, and nowhere else.

use poem::http::StatusCode;

use crate::openapi::{BodySpec, ComponentId, Components, Describe, Kind, OperationSpec, ResponseSpec, Schema};

/// Adds to an operation what is answered before, or instead of, its function.
///
/// A 422 is in every document. Not listed: a 403, which only functions answer with; a 405, which answers methods that the document does not have; redirects of
/// slashes, which clients follow; what the server refuses before there is a request (a broken head, say).
pub(super) fn add(spec: &mut OperationSpec, template: &str, components: &mut Components) {
    let json = ("application/json", components.describe_output::<HttpErrorBody>());
    let text = ("text/plain", Schema::string());
    let reads_body = !matches!(spec.body, BodySpec::None);
    if reads_body {
        add_to(spec, StatusCode::BAD_REQUEST, "The body cannot be read", &[&json]);
    }
    if !spec.security.is_empty() {
        add_to(spec, StatusCode::UNAUTHORIZED, "Not authenticated", &[&json]);
    }
    if takes_segments(template) {
        add_to(spec, StatusCode::NOT_FOUND, "Not Found", &[&json]);
    }
    // A length that is too large is refused in plain text, whether the body would be read or not.
    let forms: &[_] = if reads_body { &[&text, &json] } else { &[&text] };
    add_to(spec, StatusCode::PAYLOAD_TOO_LARGE, "Content Too Large", forms);
    add_to(spec, StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error", &[&text]);
}

/// Whether a parameter stands for one segment of the path: with a slash in its value it is another path.
fn takes_segments(template: &str) -> bool {
    template.split('/').any(|segment| segment.contains('{') && !segment.ends_with(":path}"))
}

/// Beside what the operation itself says of the status, if it does: then both may come.
fn add_to(spec: &mut OperationSpec, status: StatusCode, words: &str, forms: &[&(&str, Schema)]) {
    let Some(known) = spec.responses.iter_mut().find(|response| response.status == status) else {
        let content = forms.iter().map(|(media_type, schema)| ((*media_type).to_owned(), schema.clone())).collect();
        spec.responses.push(ResponseSpec { status, description: words.to_owned(), content, stream: None });
        return;
    };
    for (media_type, schema) in forms {
        match known.content.iter_mut().find(|(known, _)| known == media_type) {
            None => known.content.push(((*media_type).to_owned(), schema.clone())),
            Some((_, own)) if own == schema || *own == Schema::any() => {}
            Some((_, own)) => {
                let any_of = vec![std::mem::take(own), schema.clone()];
                *own = Schema { any_of, ..Schema::any() };
            }
        }
    }
}

/// `{"detail": "Not Found"}`.
struct HttpErrorBody;

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
