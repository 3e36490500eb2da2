//! Files in forms: as bytes and as `UploadFile`, one and many.

use std::io::Read;

use serde_json::{Value, json};
use versify::{Bytes, Service, UploadFile, prelude::*};

use crate::{
    client::{get, send},
    forms::{parts, post_parts},
};

#[model]
struct Attachment {
    title: String,
    content: UploadFile,
}

#[post("/bytes")]
async fn bytes(#[file(max_length = 5)] file: Bytes) -> Value {
    json!(String::from_utf8_lossy(&file))
}

#[post("/upload")]
async fn upload(mut file: UploadFile) -> Result<Value> {
    let start = file.read(2).await?;
    let rest = file.read_all().await?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(json!([file.file_name(), file.content_type(), file.size(), text(&start), text(&rest)]))
}

#[post("/optional")]
async fn optional(#[file] a: Option<Bytes>, b: Option<UploadFile>, #[file] c: Option<Vec<Bytes>>) -> Value {
    json!([a.map(|a| a.len()), b.map(|b| b.size()), c.map(|c| c.len())])
}

#[post("/many")]
async fn many(#[form] note: String, files: Vec<UploadFile>, #[file(alias = "files")] contents: Vec<Bytes>) -> Value {
    let names: Vec<&str> = files.iter().map(UploadFile::file_name).collect();
    json!([note, names, contents.iter().map(|bytes| String::from_utf8_lossy(bytes)).collect::<Vec<_>>()])
}

#[post("/model")]
async fn model(#[form] attachment: Option<Attachment>) -> Value {
    json!(attachment.map(|attachment| (attachment.title, attachment.content.size())))
}

/// On the blocking threads, as any plain function.
#[post("/plain")]
fn plain(file: UploadFile) -> Result<String> {
    let mut text = String::new();
    file.blocking_reader()?.read_to_string(&mut text)?;
    Ok(text)
}

#[post("/text")]
async fn text(#[form] file: String) -> String {
    file
}

fn service() -> Service {
    App::new("files", "1")
        .body_limit(16 << 20)
        .routes(routes![bytes, upload, optional, many, model, plain, text])
        .build()
        .unwrap()
}

fn file(name: &str, file_name: &str, content: &str) -> String {
    format!(
        "--X\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\nContent-Type: text/plain\r\n\r\n{content}\r\n"
    )
}

#[tokio::test]
async fn files_of_every_kind() {
    let service = service();
    let one = file("file", "a.txt", "hello");
    let field = |name: &str, value: &str| parts(&[(name, value)]);
    let end = "--X--\r\n";
    for (uri, body, expected) in [
        ("/bytes", format!("{one}{end}"), json!("hello")),
        // A text is taken for the bytes of a file, and is no `UploadFile`.
        ("/bytes", field("file", "text"), json!("text")),
        ("/upload", format!("{one}{end}"), json!(["a.txt", "text/plain", 5, "he", "llo"])),
        ("/plain", format!("{one}{end}"), json!("hello")),
        ("/optional", end.to_owned(), json!([null, null, null])),
        // No file was chosen.
        (
            "/optional",
            format!("{}{}{}{end}", file("a", "", ""), file("b", "", ""), file("c", "", "")),
            json!([null, null, null]),
        ),
        // An empty file is a file, and so is one without a name.
        (
            "/optional",
            format!("{}{}{}{end}", file("a", "x", ""), file("b", "", "y"), file("c", "z", "")),
            json!([0, 1, 1]),
        ),
        // Their order is kept, whatever is between them.
        (
            "/many",
            format!(
                "{}{}{}{}",
                file("files", "2", "two"),
                file("files", "1", "one"),
                file("files", "", ""),
                field("note", "n")
            ),
            json!(["n", ["2", "1"], ["two", "one"]]),
        ),
        ("/model", end.to_owned(), json!(null)),
        ("/model", format!("{}{}", file("content", "x", "xyz"), field("title", "t")), json!(["t", 3])),
    ] {
        let answer = post_parts(&service, uri, body.clone()).await;
        assert_eq!((answer.status, answer.json()), (200, expected), "{uri} {body}");
    }
}

#[tokio::test]
async fn what_is_no_file_is_told() {
    let service = service();
    let expected_file = "Value error, Expected UploadFile, received: <class 'str'>";
    for (uri, body, faults, first) in [
        ("/upload", parts(&[]), &["missing@body.file"][..], json!(null)),
        ("/upload", parts(&[("file", "")]), &["missing@body.file"], json!(null)),
        ("/upload", parts(&[("file", "x")]), &["value_error@body.file"], json!("x")),
        ("/bytes", file("file", "a", "longer"), &["bytes_too_long@body.file"], json!("longer")),
        ("/many", parts(&[("note", "n"), ("files", "x")]), &["value_error@body.files.0"], json!("x")),
        (
            "/text",
            file("file", "a.txt", "hello"),
            &["string_type@body.file"],
            json!({"filename": "a.txt", "size": 5, "headers": {
                "content-disposition": "form-data; name=\"file\"; filename=\"a.txt\"", "content-type": "text/plain",
            }}),
        ),
        ("/model", parts(&[("title", "t")]), &["missing@body.content"], json!({"title": "t"})),
        (
            "/model",
            format!("{}{}", file("content", "", ""), parts(&[("title", "t")])),
            &["missing@body.content"],
            json!({"title": "t"}),
        ),
    ] {
        let body = if body.ends_with("--X--\r\n") { body } else { format!("{body}--X--\r\n") };
        let answer = post_parts(&service, uri, body.clone()).await;
        assert_eq!(answer.faults(), faults, "{uri} {body}");
        let fault = &answer.json()["detail"][0];
        assert_eq!(fault["input"], first, "{uri} {body}");
        if fault["type"] == "value_error" {
            assert_eq!((&fault["msg"], &fault["ctx"]), (&json!(expected_file), &json!({"error": {}})));
        }
    }
    // JSON that looks like what stands for a file within.
    let json_type = [("content-type", "application/json")];
    let answer =
        send(&service, "POST", "/model", &json_type, r#"{"content":{"$versify::private::UploadFile":0}}"#).await;
    assert_eq!(answer.json(), json!(null));
}

#[tokio::test]
async fn large_files_are_read_from_disk() {
    let service = service();
    let content: String = ('a'..='z').cycle().take(3 << 20).collect();
    for uri in ["/upload", "/plain", "/optional"] {
        let body = format!(
            "{}{}{}--X--\r\n",
            file("file", "big", &content),
            file("a", "big", &content),
            file("b", "", &content)
        );
        let answer = post_parts(&service, uri, body).await;
        let expected = match uri {
            "/upload" => json!(["big", "text/plain", content.len(), "ab", content.split_at(2).1]),
            "/plain" => json!(content),
            _ => json!([content.len(), content.len(), null]),
        };
        // Not `assert_eq`: nobody reads three megabytes.
        assert!((answer.status, answer.json()) == (200, expected), "{uri}: {}", answer.status);
    }
}

#[tokio::test]
async fn the_document_says_the_same() {
    let document = get(&service(), "/openapi.json").await.json();
    let octets = json!({"type": "string", "contentMediaType": "application/octet-stream"});
    let body = |path: &str| document["paths"][path]["post"]["requestBody"]["content"].clone();
    assert_eq!(
        body("/many"),
        json!({"multipart/form-data": {"schema": {"$ref": "#/components/schemas/Body_many_many_post"}}})
    );
    let properties = |name: &str| document["components"]["schemas"][name]["properties"].clone();
    assert_eq!(properties("Body_many_many_post")["files"], json!({"type": "array", "items": octets, "title": "Files"}));
    assert_eq!(
        properties("Body_optional_optional_post")["b"],
        json!({"anyOf": [octets, {"type": "null"}], "title": "B"})
    );
    let mut limited = octets;
    limited["maxLength"] = json!(5);
    limited["title"] = json!("File");
    assert_eq!(properties("Body_bytes_bytes_post")["file"], limited);
    // As in FastAPI, only arguments that are files make it multipart.
    assert!(body("/text").get("application/x-www-form-urlencoded").is_some());
}

#[dependency]
fn inspected(#[file] file: Bytes) -> usize {
    file.len()
}

#[dependency]
async fn begun(mut file: UploadFile) -> Result<String> {
    Ok(String::from_utf8(file.read(2).await?.to_vec())?)
}

#[dependency]
fn listed(#[file] files: Vec<Bytes>) -> Vec<usize> {
    files.iter().map(Bytes::len).collect()
}

#[post("/shared/bytes")]
fn shared_bytes(inspected: Depends<inspected>, #[file] file: Bytes) -> Value {
    json!([*inspected, file.len()])
}

#[post("/shared/upload")]
async fn shared_upload(inspected: Depends<inspected>, begun: Depends<begun>, mut file: UploadFile) -> Result<Value> {
    Ok(json!([*inspected, *begun, file.read_all().await?.len(), file.read_all().await?.len()]))
}

#[post("/shared/list")]
fn shared_list(listed: Depends<listed>, #[file] files: Vec<Bytes>) -> Value {
    json!([*listed, files.len()])
}

/// Each argument reads from the beginning, whatever another has read.
#[tokio::test]
async fn one_file_is_read_by_several() {
    let service = App::new("shared", "1").body_limit(4 << 20).routes(routes![shared_bytes, shared_upload, shared_list]);
    let service = service.build().unwrap();
    for size in [5, (1 << 20) + 1] {
        let content = "x".repeat(size);
        for (uri, body, expected) in [
            ("/shared/bytes", file("file", "a.txt", &content), json!([size, size])),
            ("/shared/upload", file("file", "a.txt", &content), json!([size, "xx", size, 0])),
            ("/shared/list", file("files", "a", &content) + &file("files", "b", "1"), json!([[size, 1], 2])),
        ] {
            let answer = post_parts(&service, uri, body + "--X--\r\n").await;
            assert_eq!((answer.status, answer.json()), (200, expected), "{uri}");
        }
    }
}
