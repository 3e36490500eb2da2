//! [`Document`]: the OpenAPI document, in the version that is asked for.

use std::sync::{Arc, OnceLock};

use poem::{Request, Response};

use super::asset::{Asset, REVALIDATE};
use crate::{
    decode::{ContextValue, Issue},
    http_error::HttpError,
    openapi::{Documents, OpenApiVersion, UnknownVersion},
    operation::query_values,
};

pub(super) struct Document {
    documents: Arc<Documents>,
    assets: [OnceLock<Asset>; OpenApiVersion::ALL.len()],
}

impl Document {
    pub(super) fn new(documents: Arc<Documents>) -> Self {
        Self { documents, assets: [const { OnceLock::new() }; OpenApiVersion::ALL.len()] }
    }

    pub(super) fn answer(&self, request: &Request) -> Response {
        let asked = query_values(request.uri().query().unwrap_or_default(), "version");
        let version = match asked.last() {
            None => self.documents.default_version(),
            Some(text) => match text.parse() {
                Ok(version) => version,
                Err(UnknownVersion) => return unknown(text),
            },
        };
        let known = OpenApiVersion::ALL.iter().zip(&self.assets).find(|(known, _)| **known == version);
        let asset = || Asset::new("application/json", self.documents.get(version).clone(), REVALIDATE);
        match known {
            Some((_, kept)) => kept.get_or_init(asset).answer(request),
            None => asset().answer(request),
        }
    }
}

/// As FastAPI answers a parameter that is none of several texts.
#[cold]
fn unknown(version: &str) -> Response {
    let issue = Issue::new("literal_error", format!("Input should be {}", UnknownVersion::KNOWN))
        .at(["query".into(), "version".into()])
        .with_input(version)
        .with("expected", ContextValue::Text(UnknownVersion::KNOWN.into()));
    HttpError::invalid(vec![issue]).into_response()
}
