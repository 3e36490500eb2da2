//! ReDoc, from the bundle that poem-openapi carries.

use std::sync::{Arc, LazyLock};

use bytes::Bytes;
use poem_openapi::OpenApiService;

use super::{
    Page,
    asset::{Asset, REVALIDATE},
    page::html,
    rooted::Rooted,
};

/// ReDoc styles its elements, searches in a worker that it makes of a blob, and shows images of descriptions.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; \
                      worker-src 'self' blob:; connect-src 'self'; frame-ancestors 'self'; base-uri 'none'";

/// No fonts from elsewhere: the reader's own.
const INIT: &str = "\"use strict\";
Redoc.init(
  document.body.dataset.openapiUrl,
  { theme: { typography: { fontFamily: \"system-ui, sans-serif\", headings: { fontFamily: \"system-ui, sans-serif\" } } } },
  document.getElementById(\"ui\"),
);
";

const STYLE: &str = "body { margin: 0; padding: 0; }\n";

pub(super) fn routes(url: &str, title: &str, openapi_url: &str) -> Vec<(String, Page)> {
    let folder = format!("{}/assets/{}", url.trim_end_matches('/'), env!("CARGO_PKG_VERSION"));
    let javascript = "text/javascript; charset=utf-8";
    let bundle = LazyLock::new(move || Asset::new(javascript, bundle(), REVALIDATE));
    let init = Asset::new(javascript, Bytes::from_static(INIT.as_bytes()), REVALIDATE);
    let style = Asset::new("text/css; charset=utf-8", Bytes::from_static(STYLE.as_bytes()), REVALIDATE);
    let (title, openapi_url) = (format!("{title} - ReDoc"), openapi_url.to_owned());
    let own_folder = folder.clone();
    let index = Rooted::new(move |root| {
        let page = html(
            &title,
            &[&format!("{root}{own_folder}/page.css")],
            &[&format!("{root}{own_folder}/redoc.standalone.js"), &format!("{root}{own_folder}/init.js")],
            &[("openapi-url", &format!("{root}{openapi_url}"))],
        );
        Asset::page(page, POLICY)
    });
    vec![
        (format!("{folder}/redoc.standalone.js"), Arc::new(move |request| bundle.answer(request))),
        (format!("{folder}/init.js"), Arc::new(move |request| init.answer(request))),
        (format!("{folder}/page.css"), Arc::new(move |request| style.answer(request))),
        (url.to_owned(), Arc::new(move |request| index.answer(request))),
    ]
}

/// poem-openapi offers the bundle only within a whole page: it is cut out of that.
pub(super) fn bundle() -> Bytes {
    let page = OpenApiService::new((), "", "").redoc_html();
    let script = page
        .split_once("<script charset=\"UTF-8\">")
        .and_then(|(_, rest)| rest.split_once("</script>"))
        .map(|(script, _)| script.to_owned());
    match script {
        Some(script) => script.into(),
        None => {
            tracing::error!(target: "versify", "poem-openapi's ReDoc page has changed: /redoc stays empty");
            Bytes::new()
        }
    }
}
