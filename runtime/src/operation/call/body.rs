//! The body: as JSON, as bytes, or as it arrives.

use bytes::Bytes;
use poem::{Request, Response, http::header::CONTENT_TYPE};

use super::Call;
use crate::{
    decode::{Body, BodyFault, Decode, Field, JsonBody, Target, read_embedded},
    http_error::HttpError,
    operation::body::{self, BodyStream},
};

impl Call {
    pub(super) async fn load_bytes(&mut self) -> Result<(), Response> {
        let length = body::content_length(self.request.headers());
        let bytes = body::read(self.request.take_body(), length, self.settings.body_limit).await?;
        self.body = if bytes.is_empty() {
            JsonBody::Absent
        } else if is_json(&self.request, self.settings.strict_content_type) {
            JsonBody::Json(bytes)
        } else {
            JsonBody::Text(bytes)
        };
        Ok(())
    }

    /// The body, or its part of the field's name where several are embedded.
    #[inline]
    pub fn body<T: Decode>(&mut self, field: &Field<T>) -> Option<T> {
        let mut body = Body::new(field);
        if self.read_body(&mut body) { body.value } else { None }
    }

    fn read_body(&mut self, target: &mut dyn Target) -> bool {
        let read = if self.settings.embed { self.read_embedded(target) } else { self.body.read(target) };
        read.map_err(|fault| self.refuse_body(fault)).is_ok()
    }

    fn read_embedded(&mut self, target: &mut dyn Target) -> Result<(), BodyFault> {
        if self.parsed.is_none() {
            match self.body.parse() {
                Ok(parsed) => self.parsed = Some(Ok(parsed)),
                Err(fault) => {
                    self.parsed = Some(Err(()));
                    return Err(fault);
                }
            }
        }
        match &self.parsed {
            Some(Ok(parsed)) => read_embedded(target, parsed.as_ref()),
            _ => Err(BodyFault::Issues(Vec::new())),
        }
    }

    #[cold]
    pub(super) fn refuse_body(&mut self, fault: BodyFault) {
        match fault {
            BodyFault::Issues(issues) => self.issues.extend(issues),
            BodyFault::Syntax(issue) => {
                self.refusal = Some(HttpError::invalid(vec![*issue]).into_response().into());
            }
            BodyFault::Encoding => {
                let error = HttpError::new(400, "There was an error parsing the body");
                self.refusal = Some(error.into_response().into());
            }
        }
    }

    /// The body's bytes, whatever its media type.
    pub fn bytes(&mut self) -> Bytes {
        self.body.bytes()
    }

    /// The body as it arrives.
    pub fn stream(&mut self) -> Option<BodyStream> {
        self.stream.take()
    }

    /// The body, for poem's extractors.
    pub fn take_body(&mut self) -> poem::RequestBody {
        poem::RequestBody::new(self.request.take_body())
    }
}

/// FastAPI's rule: `application/json` and `application/*+json`, in any case, with any parameters.
fn is_json(request: &Request, strict: bool) -> bool {
    let content_type = request.headers().get(CONTENT_TYPE).filter(|value| !value.is_empty());
    let Some(content_type) = content_type else { return !strict };
    if content_type == "application/json" {
        return true;
    }
    let Ok(text) = content_type.to_str() else { return false };
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let Some(subtype) = essence.strip_prefix("application/") else { return false };
    subtype == "json" || subtype.ends_with("+json")
}
