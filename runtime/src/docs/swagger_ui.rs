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
    page::{self as html, script_json, script_text},
    rooted::Rooted,
    settings::SwaggerUi,
};

/// Swagger UI sets styles on elements, draws its icons from `data:`, and calls whatever servers the document names.
const POLICY: &str = "img-src 'self' data: https:; connect-src *";

const FILES: [(&str, &str); 2] =
    [("swagger-ui.css", "text/css; charset=utf-8"), ("swagger-ui-bundle.js", "text/javascript; charset=utf-8")];

pub(super) fn routes(url: &str, title: &str, openapi_url: &str, settings: &SwaggerUi) -> Vec<(String, Page)> {
    let mut routes: Vec<(String, Page)> = Vec::new();
    let folder = format!("{}/assets/{}", url.trim_end_matches('/'), version());
    if settings.assets.is_none() {
        for (name, content_type) in FILES {
            let asset = LazyLock::new(move || file(name, content_type));
            let page: Page = Arc::new(move |request| asset.answer(request));
            routes.push((format!("{folder}/{name}"), page));
        }
    }
    let default_redirect = || format!("{}/oauth2-redirect", url.trim_end_matches('/'));
    let redirect_url = settings.oauth2_redirect_url.clone().unwrap_or_else(default_redirect);
    let (title, openapi_url, settings) = (format!("{title} - Swagger UI"), openapi_url.to_owned(), settings.clone());
    let own_redirect = redirect_url.clone();
    let index = Rooted::new(move |root| {
        let (script, style) = match &settings.assets {
            Some(assets) => (assets.script.clone(), assets.style.clone()),
            None => (format!("{root}{folder}/swagger-ui-bundle.js"), format!("{root}{folder}/swagger-ui.css")),
        };
        let page = html::Page {
            title: &title,
            styles: &[&style],
            scripts: &[&script],
            element: "swagger-ui",
            init: init(&settings, &format!("{root}{openapi_url}"), &format!("{root}{own_redirect}")),
            policy: POLICY,
        };
        Asset::page(page.html(), &page.policy())
    });
    routes.push((url.to_owned(), Arc::new(move |request| index.answer(request))));
    let redirect = LazyLock::new(|| {
        let script = read("oauth2-redirect.js").map(|(plain, _)| String::from_utf8_lossy(&plain).into_owned());
        let page = html::Page {
            title: "Swagger UI: OAuth2 Redirect",
            init: script.unwrap_or_default(),
            policy: POLICY,
            ..html::Page::default()
        };
        Asset::page(page.html(), &page.policy())
    });
    routes.push((redirect_url, Arc::new(move |request| redirect.answer(request))));
    routes
}

/// The lines that start Swagger UI, as FastAPI writes them.
fn init(settings: &SwaggerUi, openapi_url: &str, redirect_url: &str) -> String {
    let mut script = format!("\nconst ui = SwaggerUIBundle({{\n    url: {},\n", script_text(openapi_url));
    for (name, value) in &settings.parameters {
        script.push_str(&format!("{}: {},\n", script_text(name), script_json(value)));
    }
    script.push_str(&format!("oauth2RedirectUrl: window.location.origin + {},\n", script_text(redirect_url)));
    script.push_str(
        "presets: [\n    SwaggerUIBundle.presets.apis,\n    SwaggerUIBundle.SwaggerUIStandalonePreset\n    ],\n})\n",
    );
    if let Some(oauth) = &settings.init_oauth {
        script.push_str(&format!("ui.initOAuth({})\n", script_json(oauth)));
    }
    script
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
