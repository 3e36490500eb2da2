//! How large a body may be, and who says so.

use versify::{Bytes, FormLimits, Frontend, Service, poem::Body, prelude::*};

use crate::{
    client::send,
    forms::{parts, post_parts},
};

#[post("/")]
async fn echo(#[body] body: Bytes) -> usize {
    body.len()
}

#[post("/own", body_limit = 7)]
async fn own(#[body] body: Bytes) -> usize {
    body.len()
}

#[post("/nothing", body_limit = 0)]
async fn nothing() -> u8 {
    0
}

#[post("/field")]
async fn field(#[form] text: String) -> String {
    text
}

fn service() -> Service {
    let routes = || routes![echo, own];
    let child = Router::new().prefix("/child").routes(routes());
    let files = tempfile::tempdir().unwrap();
    std::fs::write(files.path().join("index.html"), "app").unwrap();
    let files = files.keep();
    App::new("limits", "1")
        .body_limit(10)
        .routes(routes())
        .routes(routes![nothing])
        .include(Router::new().prefix("/small").body_limit(4).routes(routes()).include(child.clone()))
        .include(Router::new().prefix("/large").body_limit(20).include(child.clone().body_limit(6)))
        .include(child)
        .include(Router::new().prefix("/in").body_limit(5).mount_app("/sub", App::new("sub", "1").routes(routes())))
        .mount_app("/sub", App::new("sub", "1").routes(routes()))
        .mount_app("/own-sub", App::new("sub", "1").body_limit(3).routes(routes()))
        .include(Router::new().prefix("/none").body_limit(0).frontend("/", Frontend::new(&files)))
        .frontend("/site", Frontend::new(files))
        .build()
        .unwrap()
}

#[tokio::test]
async fn the_nearest_limit_counts() {
    let service = service();
    for (uri, limit) in [
        ("/", 10),
        ("/own", 7),
        ("/child/", 10),
        ("/small/", 4),
        ("/small/own", 7),
        ("/small/child/", 4),
        ("/large/child/", 6),
        ("/sub/", 10),
        ("/sub/own", 7),
        ("/own-sub/", 3),
        ("/in/sub/", 5),
        ("/in/sub/own", 7),
        // What is in the path, the query and the header does not count.
        ("/small/?q=0123456789", 4),
    ] {
        for (size, status) in [(0, 200), (limit, 200), (limit + 1, 413)] {
            let body = "x".repeat(size);
            // Declared, and counted: no length is said of what comes in pieces.
            let length = size.to_string();
            let headers = [("content-length", length.as_str()), ("x-a", "0123456789")];
            let declared = send(&service, "POST", uri, &headers, body.clone()).await;
            let pieces: Vec<std::io::Result<Bytes>> = body.bytes().map(|byte| Ok(vec![byte].into())).collect();
            let pieces = Body::from_bytes_stream(futures_util::stream::iter(pieces));
            let counted = send(&service, "POST", uri, &[], pieces).await;
            assert_eq!((declared.status, counted.status), (status, status), "{uri} {size}");
        }
    }
}

#[tokio::test]
async fn a_declared_length_is_enough_to_refuse() {
    let service = service();
    for (method, uri, length, status) in [
        ("POST", "/nothing", "0", 200),
        ("POST", "/nothing", "1", 413),
        ("GET", "/site/", "10", 200),
        ("GET", "/site/", "11", 413),
        ("GET", "/none/", "0", 200),
        ("GET", "/none/", "1", 413),
        ("GET", "/nowhere", "11", 413),
        ("POST", "/own-sub/nowhere", "4", 413),
    ] {
        let answer = send(&service, method, uri, &[("content-length", length)], ()).await;
        assert_eq!(answer.status, status, "{method} {uri} {length}");
    }
}

#[tokio::test]
async fn limits_of_forms_go_into_what_is_mounted() {
    let child = App::new("child", "1").form_limits(FormLimits::new().max_fields(1)).routes(routes![field]);
    let service = App::new("limits", "1")
        .form_limits(FormLimits::new().max_part_size(2).max_fields(0))
        .mount_app("/child", child)
        .build()
        .unwrap();
    for (fields, status) in
        [(&[("text", "ab")][..], 200), (&[("text", "abc")], 400), (&[("text", "a"), ("more", "b")], 400)]
    {
        assert_eq!(post_parts(&service, "/child/field", parts(fields)).await.status, status, "{fields:?}");
    }
}
