//! STUB
use std::sync::Arc;
pub(crate) struct Docs { pub(crate) title: String, pub(crate) openapi_url: String, pub(crate) docs_url: Option<String>, pub(crate) redoc_url: Option<String>, pub(crate) document: bytes::Bytes }
impl Docs { pub(crate) fn routes(self) -> Vec<(String, Arc<dyn Fn(&poem::Request) -> poem::Response + Send + Sync>)> { vec![] } }
