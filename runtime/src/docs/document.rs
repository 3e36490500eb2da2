//! [`Document`]: the OpenAPI document, in the version that is asked for.

use std::sync::{Arc, OnceLock};

use poem::{Request, Response};

use super::{
    asset::{Asset, REVALIDATE},
    rooted::Rooted,
};
use crate::{
    decode::{ContextValue, Issue},
    http_error::HttpError,
    openapi::{Documents, OpenApiVersion, UnknownVersion, served_at},
    operation::query_values,
};

pub(super) struct Document {
    documents: Arc<Documents>,
    assets: [OnceLock<Rooted>; OpenApiVersion::ALL.len()],
    root_path_in_servers: bool,
}

impl Document {
    pub(super) fn new(documents: Arc<Documents>, root_path_in_servers: bool) -> Self {
        let assets = [const { OnceLock::new() }; OpenApiVersion::ALL.len()];
        Self { documents, assets, root_path_in_servers }
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
        let asset = || {
            let (documents, in_servers) = (Arc::clone(&self.documents), self.root_path_in_servers);
            Rooted::new(move |root| {
                let document = documents.get(version);
                let document = if in_servers { served_at(document, root) } else { document.clone() };
                Asset::new("application/json", document, REVALIDATE)
            })
        };
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
