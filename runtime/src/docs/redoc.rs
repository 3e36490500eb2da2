//! ReDoc, from the bundle that poem-openapi carries.

use std::sync::{Arc, LazyLock};

use bytes::Bytes;
use poem_openapi::OpenApiService;

use super::{
    Page,
    asset::{Asset, REVALIDATE},
    page::{self as html, script_text},
    rooted::Rooted,
    settings::ReDoc,
};

/// ReDoc searches in a worker that it makes of a blob, and shows images of descriptions.
const POLICY: &str = "img-src 'self' data: https:; worker-src 'self' blob:; connect-src 'self'";

const STYLE: &str = "body { margin: 0; padding: 0; }\n";

pub(super) fn routes(url: &str, title: &str, openapi_url: &str, settings: &ReDoc) -> Vec<(String, Page)> {
    let folder = format!("{}/assets/{}", url.trim_end_matches('/'), env!("CARGO_PKG_VERSION"));
    let style = Asset::new("text/css; charset=utf-8", Bytes::from_static(STYLE.as_bytes()), REVALIDATE);
    let mut routes: Vec<(String, Page)> = Vec::new();
    if settings.script.is_none() {
        let bundle = LazyLock::new(|| Asset::new("text/javascript; charset=utf-8", bundle(), REVALIDATE));
        routes.push((format!("{folder}/redoc.standalone.js"), Arc::new(move |request| bundle.answer(request))));
    }
    routes.push((format!("{folder}/page.css"), Arc::new(move |request| style.answer(request))));
    let (title, openapi_url, script) = (format!("{title} - ReDoc"), openapi_url.to_owned(), settings.script.clone());
    let index = Rooted::new(move |root| {
        let own = || format!("{root}{folder}/redoc.standalone.js");
        let page = html::Page {
            title: &title,
            styles: &[&format!("{root}{folder}/page.css")],
            scripts: &[&script.clone().unwrap_or_else(own)],
            element: "redoc",
            init: init(&format!("{root}{openapi_url}")),
            policy: POLICY,
        };
        Asset::page(page.html(), &page.policy())
    });
    routes.push((url.to_owned(), Arc::new(move |request| index.answer(request))));
    routes
}

/// The lines that start ReDoc. No fonts from elsewhere: the reader's own.
fn init(openapi_url: &str) -> String {
    let fonts = "fontFamily: \"system-ui, sans-serif\"";
    format!(
        "\nRedoc.init({}, {{ theme: {{ typography: {{ {fonts}, headings: {{ {fonts} }} }} }} }}, \
         document.getElementById(\"redoc\"));\n",
        script_text(openapi_url)
    )
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
