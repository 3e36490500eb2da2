//! What the framework itself answers, for the document: each answer where it can happen, and nowhere else.

use poem::http::StatusCode;

use crate::{
    openapi::{BodySpec, Components, HeaderSpec, HttpErrorBody, Kind, MediaSpec, OperationSpec, ResponseSpec, Schema},
    operation::{Convertor, path_parameters},
};

/// Adds to an operation what is answered before, or instead of, its function.
///
/// `limits` are what timeouts and limits around it answer. A 422 is in every document. Not listed: a 403, which only
/// functions answer with; a 405, which answers methods that the document does not have; redirects of slashes, which
/// clients follow; what the server refuses before there is a request (a broken head, say).
pub(super) fn add(
    spec: &mut OperationSpec,
    template: &str,
    limits: impl Iterator<Item = StatusCode>,
    components: &mut Components,
) {
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
    for status in limits {
        if spec.responses.iter().any(|known| known.status == status) {
            continue;
        }
        add_to(spec, status, status.canonical_reason().unwrap_or_default(), &[&json]);
        // A timeout does not know when it is better to try again.
        if let Some(limited) = spec.responses.iter_mut().find(|known| known.status == status)
            && status != StatusCode::GATEWAY_TIMEOUT
        {
            let header = HeaderSpec { description: None, schema: Schema::of(Kind::Integer) };
            limited.headers.push(("retry-after".to_owned(), header));
        }
    }
}

/// Whether a parameter stands for one segment of the path: with a slash in its value it is another path.
fn takes_segments(template: &str) -> bool {
    path_parameters(template).any(|(_, convertor)| convertor != Convertor::Path)
}

/// Beside what the operation itself says of the status, if it does: then both may come.
fn add_to(spec: &mut OperationSpec, status: StatusCode, words: &str, forms: &[&(&str, Schema)]) {
    let Some(known) = spec.responses.iter_mut().find(|response| response.status == status) else {
        let content = forms.iter().map(|(media_type, schema)| MediaSpec::new(*media_type, schema.clone())).collect();
        spec.responses.push(ResponseSpec { additional: true, ..ResponseSpec::new(status, words).content(content) });
        return;
    };
    let content = forms.iter().map(|(media_type, schema)| MediaSpec::new(*media_type, schema.clone())).collect();
    let own = known.description.clone();
    known.or(ResponseSpec::new(status, own).content(content));
}
