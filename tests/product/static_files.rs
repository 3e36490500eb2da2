//! Directories and front ends.

use std::{fs, path::Path};

use serde_json::json;
use tempfile::TempDir;
use versify::{Fallback, FileResponse, Frontend, Service, StartFault, StaticFiles, prelude::*};

use crate::client::{Answer, send};

/// A directory with these files.
fn directory(files: &[(&str, &str)]) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = directory.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    directory
}

const HOST: (&str, &str) = ("host", "x.org");

async fn ask(service: &Service, method: &str, uri: &str, headers: &[(&str, &str)]) -> Answer {
    let headers: Vec<_> = [HOST].iter().chain(headers).copied().collect();
    send(service, method, uri, &headers, ()).await
}

/// Status and body; of a redirect, where it leads.
fn said(answer: &Answer) -> (u16, &str) {
    let location = answer.header("location");
    (answer.status, if location.is_empty() { &answer.body } else { location })
}

const NOT_FOUND: (u16, &str) = (404, r#"{"detail":"Not Found"}"#);
const NOT_ALLOWED: (u16, &str) = (405, r#"{"detail":"Method Not Allowed"}"#);

#[tokio::test]
async fn a_directory_below_a_path() {
    let root = directory(&[
        ("secret.txt", "secret"),
        ("static/a.txt", "0123456789"),
        ("static/ä b.css", "body {}"),
        ("static/sub/index.html", "index"),
        ("static/404.html", "gone"),
    ]);
    let files = root.path().join("static");
    #[cfg(unix)]
    std::os::unix::fs::symlink(root.path().join("secret.txt"), files.join("link.txt")).unwrap();
    let service = App::new("files", "1")
        .mount("/static", StaticFiles::new(&files))
        .mount("/html", StaticFiles::new(&files).html())
        .mount("/linked", StaticFiles::new(&files).follow_links())
        .build()
        .unwrap();
    for (method, uri, expected) in [
        ("GET", "/static/a.txt", (200, "0123456789")),
        ("GET", "/static/%C3%A4%20b.css", (200, "body {}")),
        ("GET", "/static//./sub/../a.txt", (200, "0123456789")),
        ("GET", "/static/none.txt", NOT_FOUND),
        ("GET", "/static/a.txt/x", NOT_FOUND),
        ("GET", "/static/sub", NOT_FOUND),
        ("GET", "/static/", NOT_FOUND),
        ("GET", "/static", (307, "http://x.org/static/")),
        ("GET", "/static/../secret.txt", NOT_FOUND),
        ("GET", "/static/%2e%2e/secret.txt", NOT_FOUND),
        ("GET", "/static/..%2fsecret.txt", NOT_FOUND),
        ("GET", "/static/..%5csecret.txt", NOT_FOUND),
        ("GET", "/static//etc/passwd", NOT_FOUND),
        ("GET", "/static/a.txt%00", NOT_FOUND),
        ("GET", "/static/link.txt", NOT_FOUND),
        ("GET", "/linked/link.txt", (200, "secret")),
        ("POST", "/static/a.txt", NOT_ALLOWED),
        ("DELETE", "/static/none.txt", NOT_ALLOWED),
        ("GET", "/html/sub/", (200, "index")),
        ("GET", "/html/sub", (307, "http://x.org/html/sub/")),
        ("GET", "/html/none", (404, "gone")),
        ("GET", "/html/", (404, "gone")),
    ] {
        assert_eq!(said(&ask(&service, method, uri, &[]).await), expected, "{method} {uri}");
    }
    let long = format!("/static/{}", "x".repeat(1000));
    assert_eq!(said(&ask(&service, "GET", &long, &[]).await), NOT_FOUND);
    assert_eq!(ask(&service, "PUT", "/static/a.txt", &[]).await.header("allow"), "GET, HEAD");
    for (uri, media_type) in
        [("/static/a.txt", "text/plain; charset=utf-8"), ("/html/none", "text/html; charset=utf-8")]
    {
        assert_eq!(ask(&service, "GET", uri, &[]).await.header("content-type"), media_type);
    }
}

#[tokio::test]
async fn conditional_requests_and_ranges() {
    let files = directory(&[("a.txt", "0123456789")]);
    let service = App::new("files", "1").mount("/static", StaticFiles::new(files.path())).build().unwrap();
    let whole = ask(&service, "GET", "/static/a.txt", &[]).await;
    let (etag, modified) = (whole.header("etag"), whole.header("last-modified"));
    assert_eq!((whole.header("accept-ranges"), whole.header("content-length")), ("bytes", "10"));
    for (name, value, expected) in [
        ("if-none-match", etag, (304, "")),
        ("if-none-match", "*", (304, "")),
        ("if-none-match", "\"other\"", (200, "0123456789")),
        ("if-modified-since", modified, (304, "")),
        ("if-modified-since", "Sun, 06 Nov 1994 08:49:37 GMT", (200, "0123456789")),
        ("range", "bytes=2-4", (206, "234")),
        ("range", "bytes=-3", (206, "789")),
        ("range", "bytes=20-", (416, "")),
        ("range", "nonsense", (400, "Malformed range header.")),
    ] {
        let answer = ask(&service, "GET", "/static/a.txt", &[(name, value)]).await;
        assert_eq!(said(&answer), expected, "{name}: {value}");
        let range = answer.header("content-range");
        match expected.0 {
            206 => assert!(range.ends_with("/10"), "{range}"),
            416 => assert_eq!(range, "bytes */10"),
            _ => assert_eq!(range, ""),
        }
    }
}

#[get("/api")]
async fn api() -> &'static str {
    "api"
}

const BUILT: &[(&str, &str)] =
    &[("index.html", "app"), ("assets/app.js", "script"), ("docs/index.html", "docs"), ("api", "a file")];

fn frontend(directory: &Path, fallback: Fallback) -> Service {
    App::new("frontend", "1")
        .frontend("/", Frontend::new(directory).fallback(fallback))
        .routes(routes![api])
        .build()
        .unwrap()
}

#[tokio::test]
async fn operations_come_before_files() {
    let built = directory(BUILT);
    let service = frontend(built.path(), Fallback::Auto);
    for (method, uri, expected) in [
        ("GET", "/api", (200, "\"api\"")),
        ("POST", "/api", NOT_ALLOWED),
        ("GET", "/api/", (307, "http://x.org/api")),
        ("GET", "/", (200, "app")),
        ("HEAD", "/", (200, "app")),
        ("GET", "/assets/app.js", (200, "script")),
        ("GET", "/docs/", (307, "http://x.org/docs")),
        ("POST", "/assets/app.js", NOT_ALLOWED),
        ("POST", "/nowhere", NOT_FOUND),
        ("DELETE", "/assets", NOT_FOUND),
        ("GET", "/../secret", NOT_FOUND),
        ("GET", "/%2e%2e/secret", NOT_FOUND),
    ] {
        assert_eq!(said(&ask(&service, method, uri, &[]).await), expected, "{method} {uri}");
    }
    let file = ask(&service, "GET", "/assets/app.js", &[]).await;
    assert!(!file.header("etag").is_empty() && !file.header("last-modified").is_empty());
    let again = ask(&service, "GET", "/assets/app.js", &[("if-none-match", file.header("etag"))]).await;
    assert_eq!(again.status, 304);
}

#[tokio::test]
async fn what_is_no_file_falls_back() {
    let (html, any, refused) = ("text/html,application/xhtml+xml;q=0.9", "*/*", "text/html;q=0");
    let with_page = |fallback| {
        let files: Vec<_> = BUILT.iter().chain(&[("404.html", "gone")]).copied().collect();
        let built = directory(&files);
        (frontend(built.path(), fallback), built)
    };
    let without_page = |fallback| {
        let built = directory(BUILT);
        (frontend(built.path(), fallback), built)
    };
    for (name, (service, _built), cases) in [
        (
            "auto",
            without_page(Fallback::Auto),
            [("GET", html, (200, "app")), ("GET", any, NOT_FOUND), ("POST", html, NOT_FOUND)],
        ),
        (
            "auto, 404.html",
            with_page(Fallback::Auto),
            [("GET", html, (404, "gone")), ("GET", any, (404, "gone")), ("POST", html, NOT_FOUND)],
        ),
        (
            "index",
            with_page(Fallback::Index),
            [("HEAD", html, (200, "app")), ("GET", refused, NOT_FOUND), ("PUT", html, NOT_FOUND)],
        ),
        (
            "404.html",
            with_page(Fallback::NotFoundPage),
            [("GET", html, (404, "gone")), ("GET", any, (404, "gone")), ("POST", any, NOT_FOUND)],
        ),
        (
            "none",
            with_page(Fallback::None),
            [("GET", html, NOT_FOUND), ("GET", any, NOT_FOUND), ("POST", any, NOT_FOUND)],
        ),
    ] {
        for (method, accept, expected) in cases {
            let answer = ask(&service, method, "/orders/7", &[("accept", accept)]).await;
            assert_eq!(said(&answer), expected, "{name}: {method} {accept}");
        }
    }
}

#[tokio::test]
async fn the_longest_path_wins_and_paths_end_at_slashes() {
    let (site, admin) =
        (directory(&[("index.html", "site"), ("administrator.txt", "text")]), directory(&[("index.html", "admin")]));
    let service =
        App::new("frontend", "1").frontend("/", site.path()).frontend("/admin", admin.path()).build().unwrap();
    let html = [("accept", "text/html")];
    for (uri, expected) in [
        ("/", (200, "site")),
        ("/admin/", (200, "admin")),
        ("/admin", (307, "http://x.org/admin/")),
        ("/admin/users", (200, "admin")),
        ("/administrator.txt", (200, "text")),
        ("/administrator", (200, "site")),
    ] {
        assert_eq!(said(&ask(&service, "GET", uri, &html).await), expected, "{uri}");
    }
}

/// Lets in who has the cookie.
#[dependency]
async fn session(#[cookie] session: Option<String>) -> Result<()> {
    match session.as_deref() {
        Some("ok") => Ok(()),
        _ => Err(HttpError::status_only(401)),
    }
}

#[tokio::test]
async fn dependencies_protect_files_too() {
    let built = directory(BUILT);
    let router = Router::new().prefix("/app").dependency::<session>().frontend("/", built.path());
    let service = App::new("frontend", "1").routes(routes![api]).include(router).build().unwrap();
    let (cookie, html) = (("cookie", "session=ok"), ("accept", "text/html"));
    for (uri, headers, expected) in [
        ("/app/", &[][..], (401, r#"{"detail":"Unauthorized"}"#)),
        ("/app/", &[cookie], (200, "app")),
        ("/app/assets/app.js", &[], (401, r#"{"detail":"Unauthorized"}"#)),
        ("/app/assets/app.js", &[cookie], (200, "script")),
        ("/app/dashboard", &[cookie, html], (200, "app")),
        ("/api", &[], (200, "\"api\"")),
    ] {
        assert_eq!(said(&ask(&service, "GET", uri, headers).await), expected, "{uri} {headers:?}");
    }
    let body = [("content-length", "3000000")];
    assert_eq!(said(&ask(&service, "GET", "/app/", &body).await), (413, "Content Too Large"));
}

#[test]
fn what_is_not_there_keeps_the_app_from_starting() {
    let empty = directory(&[]);
    let missing = empty.path().join("dist");
    let faults = |frontend: Frontend| match App::new("frontend", "1").frontend("/", frontend).build() {
        Ok(_) => 0,
        Err(error) => error.faults().iter().filter(|fault| matches!(fault, StartFault::Frontend { .. })).count(),
    };
    assert_eq!(faults(Frontend::new(&missing)), 1);
    assert_eq!(faults(Frontend::new(&missing).check(false)), 0);
    assert_eq!(faults(Frontend::new(empty.path())), 0);
    assert_eq!(faults(Frontend::new(empty.path()).fallback(Fallback::Index)), 1);
    assert_eq!(faults(Frontend::new(empty.path()).fallback(Fallback::NotFoundPage)), 1);
    let document = App::new("frontend", "1").frontend("/", Frontend::new(missing).check(false)).build().unwrap();
    let document: Value = serde_json::from_slice(document.openapi()).unwrap();
    assert_eq!(document["paths"], json!({}));
}

/// What is in the binary; a debug build reads it from the directory.
#[derive(versify::rust_embed::Embed)]
#[crate_path = "versify::rust_embed"]
#[folder = "product/embedded"]
struct Files;

#[derive(versify::rust_embed::Embed)]
#[crate_path = "versify::rust_embed"]
#[folder = "product/upstream"]
struct NoPages;

#[tokio::test]
async fn files_in_the_binary() {
    let service = App::new("embedded", "1")
        .mount("/static", StaticFiles::embedded::<Files>())
        .mount("/html", StaticFiles::embedded::<Files>().html())
        .frontend("/app", Frontend::embedded::<Files>())
        .build()
        .unwrap();
    for (method, uri, headers, expected) in [
        ("GET", "/static/a.txt", &[][..], (200, "0123456789")),
        ("GET", "/static/sub/page.html", &[], (200, "page")),
        ("GET", "/static/sub/../a.txt", &[], (200, "0123456789")),
        ("GET", "/static/../static_files.rs", &[], NOT_FOUND),
        ("GET", "/static/%2e%2e/static_files.rs", &[], NOT_FOUND),
        ("GET", "/static/none.txt", &[], NOT_FOUND),
        ("GET", "/static/sub", &[], NOT_FOUND),
        ("POST", "/static/a.txt", &[], NOT_ALLOWED),
        ("GET", "/static/a.txt", &[("range", "bytes=2-4")], (206, "234")),
        ("GET", "/static/a.txt", &[("range", "bytes=-1")], (206, "9")),
        ("GET", "/static/a.txt", &[("range", "bytes=10-")], (416, "")),
        ("GET", "/html/sub/", &[], (200, "index of sub")),
        ("GET", "/html/sub", &[], (307, "http://x.org/html/sub/")),
        ("GET", "/app/", &[], (200, "index")),
        ("GET", "/app/orders/7", &[("accept", "text/html")], (200, "index")),
        ("GET", "/app/orders/7", &[], NOT_FOUND),
        ("POST", "/app/a.txt", &[], NOT_ALLOWED),
    ] {
        assert_eq!(said(&ask(&service, method, uri, headers).await), expected, "{method} {uri} {headers:?}");
    }
    let answer = ask(&service, "GET", "/static/a.txt", &[]).await;
    assert_eq!((answer.header("content-type"), answer.header("content-length")), ("text/plain; charset=utf-8", "10"));
    assert_eq!(answer.header("accept-ranges"), "bytes");
    let etag = answer.header("etag").to_owned();
    // SHA-256 of the content: the same on each replica.
    assert_eq!(etag, "\"84d89877f0d4041efb6bf91a16f0248f\"");
    assert_eq!(ask(&service, "GET", "/static/a.txt", &[("if-none-match", &etag)]).await.status, 304);
    let several = ask(&service, "GET", "/static/a.txt", &[("range", "bytes=0-1,8-9")]).await;
    assert!(several.body.contains("\r\n\r\n01\r\n") && several.body.contains("\r\n\r\n89\r\n"), "{several:?}");
}

#[get("/logo")]
async fn logo() -> FileResponse {
    FileResponse::of_bytes("logo.svg", "<svg/>").file_name("a.svg")
}

#[tokio::test]
async fn bytes_are_sent_as_a_file() {
    let service = App::new("bytes", "1").routes(routes![logo]).build().unwrap();
    let answer = ask(&service, "GET", "/logo", &[]).await;
    assert_eq!((answer.header("content-type"), answer.body.as_str()), ("image/svg+xml", "<svg/>"));
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"a.svg\"");
    let etag = answer.header("etag").to_owned();
    assert_eq!(ask(&service, "GET", "/logo", &[("if-none-match", &etag)]).await.status, 304);
    let range = [("range", "bytes=1-3"), ("if-range", etag.as_str())];
    assert_eq!(said(&ask(&service, "GET", "/logo", &range).await), (206, "svg"));
}

#[test]
fn every_missing_directory_is_told() {
    let error = App::new("files", "1")
        .mount("/static", StaticFiles::new("nowhere"))
        .mount("/later", StaticFiles::new("nowhere").check(false))
        .frontend("/app", "nowhere")
        .frontend("/other", Frontend::embedded::<NoPages>().fallback(Fallback::Index))
        .frontend("/later", Frontend::new("nowhere").check(false))
        .build()
        .unwrap_err();
    let nowhere = std::path::absolute("nowhere").unwrap();
    let mut faults: Vec<String> = error.faults().iter().map(ToString::to_string).collect();
    faults.sort();
    for fault in &mut faults {
        let (said, place) = fault.split_once("\n   - ").unwrap();
        assert!(place.starts_with("tests/product/static_files.rs:"), "{place}");
        *fault = said.to_owned();
    }
    assert_eq!(
        faults,
        [
            format!("the front end at `/app/` cannot be served: the directory `{}` does not exist", nowhere.display()),
            "the front end at `/other/` cannot be served: the file `index.html`, its fallback, does not exist"
                .to_owned(),
            format!(
                "what is mounted at `/static/` cannot be served: the directory `{}` does not exist",
                nowhere.display()
            ),
        ]
    );
}
