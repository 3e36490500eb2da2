//! The documentation: the OpenAPI document, Swagger UI and ReDoc, all from memory and with no network.
//!
//! Pages hold no part of the document: a page names its assets, and one short script, which a strict
//! `Content-Security-Policy` allows by its hash, lets them fetch the document. No text of an app can break out of a page.

mod asset;
mod document;
mod page;
mod redoc;
mod rooted;
mod settings;
mod swagger_ui;

use std::sync::Arc;

use poem::{Request, Response};

pub use self::settings::{ReDoc, SwaggerUi};

use self::document::Document;
use crate::openapi::Documents;

/// What answers at one path.
pub(crate) type Page = Arc<dyn Fn(&Request) -> Response + Send + Sync>;

/// What the pages are made of.
pub(crate) struct Docs {
    pub(crate) title: String,
    pub(crate) openapi_url: String,
    pub(crate) docs_url: Option<String>,
    pub(crate) redoc_url: Option<String>,
    pub(crate) documents: Arc<Documents>,
    pub(crate) root_path_in_servers: bool,
    pub(crate) swagger_ui: SwaggerUi,
    pub(crate) redoc: ReDoc,
}

impl Docs {
    /// Each path, and what answers there.
    pub(crate) fn routes(self) -> Vec<(String, Page)> {
        let mut routes: Vec<(String, Page)> = Vec::new();
        let document = Document::new(self.documents, self.root_path_in_servers);
        routes.push((self.openapi_url.clone(), Arc::new(move |request| document.answer(request))));
        if let Some(url) = &self.docs_url {
            routes.extend(swagger_ui::routes(url, &self.title, &self.openapi_url, &self.swagger_ui));
        }
        if let Some(url) = &self.redoc_url {
            routes.extend(redoc::routes(url, &self.title, &self.openapi_url, &self.redoc));
        }
        routes
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use bytes::Bytes;
    use poem::http::{Method, StatusCode};

    use super::*;

    fn docs() -> Vec<(String, Page)> {
        Docs {
            title: "</title><script>alert(1)</script>".to_owned(),
            openapi_url: "/openapi.json".to_owned(),
            docs_url: Some("/docs".to_owned()),
            redoc_url: Some("/redoc".to_owned()),
            root_path_in_servers: true,
            swagger_ui: SwaggerUi::new(),
            redoc: ReDoc::new(),
            documents: Arc::new(Documents::new(
                Bytes::from_static(br#"{"openapi":"3.1.0"}"#),
                crate::openapi::OpenApiVersion::V3_1,
            )),
        }
        .routes()
    }

    fn request(headers: &[(&str, &str)]) -> Request {
        let builder = Request::builder().method(Method::GET);
        headers.iter().fold(builder, |builder, (name, value)| builder.header(*name, *value)).finish()
    }

    async fn body(response: Response) -> Vec<u8> {
        response.into_body().into_vec().await.unwrap()
    }

    #[tokio::test]
    async fn every_asset_has_a_validator_and_a_gzip_form_of_the_same_bytes() {
        for (path, page) in docs() {
            let plain = page(&request(&[]));
            assert_eq!(plain.status(), StatusCode::OK, "{path}");
            let etag = plain.header("etag").unwrap().to_owned();
            assert!(plain.header("content-encoding").is_none(), "{path}");
            let zipped = page(&request(&[("accept-encoding", "br, gzip;q=0.8")]));
            let encoded = zipped.header("content-encoding") == Some("gzip");
            assert_eq!(page(&request(&[("if-none-match", &etag)])).status(), StatusCode::NOT_MODIFIED, "{path}");
            let (plain, zipped) = (body(plain).await, body(zipped).await);
            assert!(!plain.is_empty(), "{path}");
            if encoded {
                let mut inflated = Vec::new();
                flate2::read::GzDecoder::new(&*zipped).read_to_end(&mut inflated).unwrap();
                assert!(inflated == plain, "{path}");
            }
        }
    }

    #[tokio::test]
    async fn a_title_cannot_break_a_page() {
        for (path, page) in docs() {
            if path == "/docs" || path == "/redoc" {
                let html = String::from_utf8(body(page(&request(&[]))).await).unwrap();
                assert!(!html.contains("<script>"), "{html}");
                assert!(html.contains("&lt;/title&gt;&lt;script&gt;"), "{html}");
            }
        }
    }

    #[test]
    fn the_bundles_are_in_their_crates() {
        let paths: Vec<String> = docs().into_iter().map(|(path, _)| path).collect();
        for end in ["swagger-ui.css", "swagger-ui-bundle.js", "redoc.standalone.js", "oauth2-redirect"] {
            assert!(paths.iter().any(|path| path.ends_with(end)), "{end}: {paths:?}");
        }
        assert!(redoc::bundle().len() > 100_000);
    }
}
