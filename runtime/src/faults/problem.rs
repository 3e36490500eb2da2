//! Problem details for HTTP (RFC 9457), in place of `{"detail": ..}`.

use poem::{
    Body, Response,
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE},
    },
};
use serde_json::{Map, Value, json};

/// What is read of an answer; faults are short.
const LIMIT: usize = 16 << 20;

/// The answer to a fault as a problem. One that has a form of its own is left as it is.
pub(super) async fn of(mut response: Response) -> Response {
    let status = response.status();
    let media_type = response.headers().get(CONTENT_TYPE).and_then(|media_type| media_type.to_str().ok());
    let is_json = match media_type {
        Some("application/json") => true,
        Some(media_type) if media_type.starts_with("text/plain") => false,
        _ => return response,
    };
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let Ok(bytes) = response.take_body().into_bytes_limit(LIMIT).await else {
        return crate::http_error::internal_server_error();
    };
    let detail = match is_json {
        true => serde_json::from_slice::<Value>(&bytes).ok().and_then(detail),
        false => Some(Value::String(String::from_utf8_lossy(&bytes).into_owned())),
    };
    let Some(detail) = detail else {
        response.set_body(Body::from_bytes(bytes));
        return response;
    };
    let body = serde_json::to_vec(&problem(status, detail)).unwrap_or_default();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response.headers_mut().remove(CONTENT_LENGTH);
    response.set_body(Body::from_vec(body));
    response
}

/// What is under `detail`, if there is nothing else.
fn detail(body: Value) -> Option<Value> {
    match body {
        Value::Object(mut members) if members.len() == 1 => members.remove("detail"),
        _ => None,
    }
}

fn problem(status: StatusCode, detail: Value) -> Map<String, Value> {
    let title = status.canonical_reason().unwrap_or("Error");
    let mut problem = Map::new();
    match detail {
        Value::String(text) if text != title => {
            problem.insert("detail".to_owned(), text.into());
        }
        Value::String(_) | Value::Null => {}
        // Of a detail with members of its own these are the problem's, as section 3.2 has it.
        Value::Object(members) => problem.extend(members),
        Value::Array(errors) => {
            problem.insert("errors".to_owned(), errors.into());
        }
        other => {
            problem.insert("detail".to_owned(), other.to_string().into());
        }
    }
    problem.insert("type".to_owned(), json!("about:blank"));
    problem.insert("title".to_owned(), json!(title));
    problem.insert("status".to_owned(), json!(status.as_u16()));
    problem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_detail_has_its_place() {
        let status = StatusCode::CONFLICT;
        for (detail, own) in [
            (json!("Sold out"), json!({"detail": "Sold out"})),
            (json!("Conflict"), json!({})),
            (json!(null), json!({})),
            (json!({"left": 1, "type": "x"}), json!({"left": 1})),
            (json!([{"loc": ["body"]}]), json!({"errors": [{"loc": ["body"]}]})),
            (json!(5), json!({"detail": "5"})),
        ] {
            let mut expected = json!({"type": "about:blank", "title": "Conflict", "status": 409});
            expected.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
            assert_eq!(Value::Object(problem(status, detail.clone())), expected, "{detail}");
        }
    }
}
