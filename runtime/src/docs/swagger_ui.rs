//! Swagger UI, from the release that the crate `utoipa-swagger-ui-vendored` carries.

use std::{
    io::{Cursor, Read},
    sync::{Arc, LazyLock},
};

use bytes::Bytes;
use utoipa_swagger_ui_vendored::SWAGGER_UI_VENDORED;
use zip::{CompressionMethod, ZipArchive};

use super::{
    Page,
    asset::{Asset, IMMUTABLE},
    page::html,
    rooted::Rooted,
};

/// Only the server's own scripts run. Swagger UI sets styles on elements and draws its icons from `data:`.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                      connect-src *; frame-ancestors 'self'; base-uri 'none'";

const FILES: [(&str, &str); 3] = [
    ("swagger-ui.css", "text/css; charset=utf-8"),
    ("swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
    ("oauth2-redirect.js", "text/javascript; charset=utf-8"),
];

/// FastAPI's options; the page says where the document is.
const INIT: &str = "\"use strict\";
const settings = document.body.dataset;
window.ui = SwaggerUIBundle({
  url: settings.openapiUrl,
  dom_id: \"#ui\",
  layout: \"BaseLayout\",
  deepLinking: true,
  showExtensions: true,
  showCommonExtensions: true,
  oauth2RedirectUrl: new URL(settings.oauth2RedirectUrl, window.location.href).href,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIBundle.SwaggerUIStandalonePreset],
});
";

pub(super) fn routes(url: &str, title: &str, openapi_url: &str) -> Vec<(String, Page)> {
    let mut routes: Vec<(String, Page)> = Vec::new();
    let folder = format!("{}/assets/{}", url.trim_end_matches('/'), version());
    for (name, content_type) in FILES {
        let asset = LazyLock::new(move || file(name, content_type));
        let page: Page = Arc::new(move |request| asset.answer(request));
        routes.push((format!("{folder}/{name}"), page));
    }
    let init =
        Asset::new("text/javascript; charset=utf-8", Bytes::from_static(INIT.as_bytes()), super::asset::REVALIDATE);
    routes.push((format!("{folder}/init.js"), Arc::new(move |request| init.answer(request))));
    let redirect_url = format!("{}/oauth2-redirect", url.trim_end_matches('/'));
    let (title, openapi_url) = (format!("{title} - Swagger UI"), openapi_url.to_owned());
    let (own_folder, own_redirect) = (folder.clone(), redirect_url.clone());
    let index = Rooted::new(move |root| {
        let page = html(
            &title,
            &[&format!("{root}{own_folder}/swagger-ui.css")],
            &[&format!("{root}{own_folder}/swagger-ui-bundle.js"), &format!("{root}{own_folder}/init.js")],
            &[
                ("openapi-url", &format!("{root}{openapi_url}")),
                ("oauth2-redirect-url", &format!("{root}{own_redirect}")),
            ],
        );
        Asset::page(page, POLICY)
    });
    routes.push((url.to_owned(), Arc::new(move |request| index.answer(request))));
    let redirect = Rooted::new(move |root| {
        let script = format!("{root}{folder}/oauth2-redirect.js");
        Asset::page(html("Swagger UI: OAuth2 Redirect", &[], &[&script], &[]), POLICY)
    });
    routes.push((redirect_url, Arc::new(move |request| redirect.answer(request))));
    routes
}

/// The archive's folder names the release: `swagger-api-swagger-ui-…` or `swagger-ui-5.32.6`.
fn version() -> String {
    let archive = ZipArchive::new(Cursor::new(SWAGGER_UI_VENDORED)).ok();
    let first = archive.as_ref().and_then(|archive| archive.file_names().next()?.ok());
    let first = first.unwrap_or_default();
    first
        .split('/')
        .next()
        .unwrap_or_default()
        .chars()
        .filter(|char| char.is_ascii_alphanumeric() || matches!(char, '.' | '-'))
        .collect()
}

fn file(name: &str, content_type: &'static str) -> Asset {
    match read(name) {
        Ok((plain, gzip)) => {
            let asset = Asset::new(content_type, plain, IMMUTABLE);
            match gzip {
                Some(gzip) => asset.with_gzip(gzip),
                None => asset,
            }
        }
        Err(error) => {
            tracing::error!(target: "versify", name, %error, "Swagger UI's archive lacks a file");
            Asset::new(content_type, Bytes::new(), super::asset::REVALIDATE)
        }
    }
}

/// A file of the archive, plain and as gzip.
///
/// An archive holds deflate streams, and so does gzip: with gzip's header and trailer around it, the stream in the
/// archive is served as it is, and nothing is compressed here.
fn read(name: &str) -> zip::result::ZipResult<(Bytes, Option<Bytes>)> {
    let mut archive = ZipArchive::new(Cursor::new(SWAGGER_UI_VENDORED))?;
    let end = format!("/dist/{name}");
    let index = archive
        .file_names()
        .position(|path| path.is_ok_and(|path| path.ends_with(&end)))
        .ok_or(zip::result::ZipError::FileNotFound)?;
    let mut plain = Vec::new();
    archive.by_index(index)?.read_to_end(&mut plain)?;
    let mut raw = archive.by_index_raw(index)?;
    if raw.compression() != CompressionMethod::Deflated {
        return Ok((plain.into(), None));
    }
    // RFC 1952: magic, deflate, no flags, no time, no hints, unknown system.
    let mut gzip = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    let (crc, size) = (raw.crc32(), plain.len() as u32);
    raw.read_to_end(&mut gzip)?;
    gzip.extend_from_slice(&crc.to_le_bytes());
    gzip.extend_from_slice(&size.to_le_bytes());
    Ok((plain.into(), Some(gzip.into())))
}
