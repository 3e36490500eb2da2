//! Entity tags, and requests that depend on them.

use versify::prelude::*;

use crate::client::{get, send};

#[model]
struct Item {
    name: String,
}

fn item() -> Item {
    Item { name: "Gun".to_owned() }
}

#[get("/tagged", etag)]
async fn tagged() -> Item {
    item()
}

#[get("/weak", etag = "weak")]
async fn weak() -> Item {
    item()
}

#[get("/own", etag)]
async fn own_tag(head: versify::ResponseHead) -> Item {
    head.header("x-b", "1");
    item()
}

#[put("/tagged")]
async fn put(if_match: versify::IfMatch) -> Result<()> {
    if_match.check(&item())
}

#[tokio::test]
async fn conditional_requests() {
    let service = App::new("x", "1").routes(routes![tagged, weak, own_tag, put]).build().unwrap();
    let answer = get(&service, "/tagged").await;
    let etag = answer.header("etag").to_owned();
    assert_eq!(answer.body, r#"{"name":"Gun"}"#);
    assert!(etag.starts_with('"') && etag.len() == 34, "{etag}");
    assert_eq!(get(&service, "/weak").await.header("etag"), format!("W/{etag}"));
    let other = format!("\"other\", W/{etag}");
    for (path, sent, status) in [
        ("/tagged", &*etag, 304),
        ("/tagged", "*", 304),
        ("/tagged", "\"other\"", 200),
        ("/weak", &*etag, 304),
        ("/own", &*other, 304),
    ] {
        let answer = send(&service, "GET", path, &[("if-none-match", sent)], ()).await;
        assert_eq!((answer.status, answer.body.is_empty()), (status, status == 304), "{path} {sent}");
        assert!(!answer.header("etag").is_empty());
    }
    for (headers, status) in [
        (&[][..], 200),
        (&[("if-match", &*etag)], 200),
        (&[("if-match", "*")], 200),
        (&[("if-match", "\"other\"")], 412),
        (&[("if-match", &*other)], 412),
    ] {
        assert_eq!(send(&service, "PUT", "/tagged", headers, ()).await.status, status, "{headers:?}");
    }
    let document = get(&service, "/openapi.json").await.json();
    let operation = &document["paths"]["/tagged"]["put"];
    assert_eq!(operation["parameters"][0]["name"], "if-match");
    assert_eq!(operation["responses"]["412"]["description"], "Precondition Failed");
}

#[get("/report")]
async fn report(
    known: versify::IfNoneMatch,
    accept: versify::Accept,
) -> Result<versify::Tagged<versify::Text<String>>> {
    let form = accept.choose([("plain", "text/plain"), ("json", "application/json")])?;
    let etag = versify::ETag::strong(form);
    Ok(match known.has(&etag) {
        true => versify::Tagged::not_modified(etag),
        false => versify::Tagged::new(etag, versify::Text(form.to_owned())),
    })
}

#[tokio::test]
async fn an_answer_with_a_tag_in_the_form_that_is_liked() {
    let service = App::new("x", "1").routes(routes![report]).build().unwrap();
    for (headers, status, body) in [
        (&[][..], 200, "plain"),
        (&[("accept", "application/json")], 200, "json"),
        (&[("accept", "image/*")], 406, r#"{"detail":"Not Acceptable: there is text/plain, application/json"}"#),
        (&[("if-none-match", "\"plain\"")], 304, ""),
        (&[("if-none-match", "\"plain\""), ("accept", "application/json")], 200, "json"),
        (&[("if-none-match", "\"a\""), ("if-none-match", "W/\"plain\"")], 304, ""),
    ] {
        let answer = send(&service, "GET", "/report", headers, ()).await;
        assert_eq!((answer.status, &*answer.body), (status, body), "{headers:?}");
        assert_eq!(answer.header("etag").is_empty(), status == 406, "{headers:?}");
    }
    let document = get(&service, "/openapi.json").await.json();
    let operation = &document["paths"]["/report"]["get"];
    assert_eq!(operation["parameters"].as_array().map(Vec::len), Some(1));
    assert_eq!(operation["responses"]["304"]["description"], "Not Modified");
    assert_eq!(operation["responses"]["406"]["description"], "Not Acceptable");
}
