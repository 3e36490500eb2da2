//! The front end: files within the program. It uses the public API, as anyone's would.

use versify::{Bytes, ETag, IfNoneMatch, Tagged, prelude::*};

use super::error::{ApiError, Result};

/// Scripts, styles and pictures come from here, and data are asked for here alone; nobody may frame the page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

macro_rules! files {
    ($($name:literal)+) => {
        [$(($name, include_bytes!(concat!("../../front_end/", $name)))),+]
    };
}

/// All files by their names.
static FILES: [(&str, &[u8]); 24] = files! {
    "index.html" "assets/icon.svg" "assets/base.css" "assets/parts.css" "assets/theme.js" "assets/main.js" "assets/dom.js" "assets/format.js" "assets/api.js" "assets/parts.js" "assets/schema.js"
    "assets/form.js" "assets/tokens.js" "assets/table.js" "assets/chart.js" "assets/upload.js" "assets/datasets.js" "assets/dataset.js" "assets/rows.js" "assets/profile.js" "assets/lineage.js"
    "assets/pipeline.js" "assets/jobs.js" "assets/query.js"
};

/// The page.
#[get("/", include_in_schema = false)]
pub(super) async fn page(known: IfNoneMatch) -> Result<Response<Tagged<Bytes>>> {
    file("index.html", &known)
}

/// What the page is made of.
#[get("/assets/{name}", include_in_schema = false)]
pub(super) async fn asset(name: String, known: IfNoneMatch) -> Result<Response<Tagged<Bytes>>> {
    file(&format!("assets/{name}"), &known)
}

fn file(name: &str, known: &IfNoneMatch) -> Result<Response<Tagged<Bytes>>> {
    let found = FILES.iter().find(|(other, _)| *other == name);
    let (name, bytes) = found.ok_or_else(|| ApiError::NotFound("there is no such file".into()))?;
    let media_type = match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "text/javascript; charset=utf-8",
    };
    let etag = ETag::of_bytes(bytes);
    let answer = match known.has(&etag) {
        true => Tagged::not_modified(etag),
        false => Tagged::new(etag, Bytes::from_static(bytes)),
    };
    Ok(Response::new(answer)
        .header("content-type", media_type)
        .header("content-security-policy", POLICY)
        .header("x-content-type-options", "nosniff")
        .header("referrer-policy", "same-origin")
        .header("cache-control", "no-cache"))
}
