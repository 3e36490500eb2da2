use futures_util::stream;
use poem::Body;

use super::*;
use crate::form::FormLimits;

/// What was read: `name=text`, and `name:file name=content` for files.
async fn parse(pieces: &[&[u8]], content_type: &str, limits: FormLimits) -> Result<Vec<String>, FormFault> {
    let pieces: Vec<_> = pieces.iter().map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece))).collect();
    let mut body = BodyStream::new(Body::from_bytes_stream(stream::iter(pieces)), u64::MAX);
    let content_type = HeaderOptions::parse(content_type.as_bytes());
    let mut shown = Vec::new();
    for (name, value) in read(&mut body, &content_type, limits).await? {
        shown.push(match value {
            FormValue::Text(text) => format!("{name}={text}"),
            FormValue::File(FormFile { mut file, .. }) => {
                let content = file.read_all().await.unwrap();
                format!("{name}:{}={}", file.file_name(), String::from_utf8_lossy(&content))
            }
        });
    }
    Ok(shown)
}

const TYPE: &str = "multipart/form-data; boundary=X";

fn part(headers: &str, data: &str) -> String {
    format!("--X\r\n{headers}\r\n\r\n{data}\r\n")
}

fn field(name: &str, data: &str) -> String {
    part(&format!("Content-Disposition: form-data; name=\"{name}\""), data)
}

/// Whole, in two pieces cut anywhere, and byte by byte.
async fn everywhere(body: &str, expected: &[&str]) {
    let bytes = body.as_bytes();
    for cut in 0..bytes.len() {
        let (first, second) = bytes.split_at(cut);
        assert_eq!(parse(&[first, second], TYPE, FormLimits::new()).await.unwrap(), expected, "{body:?} cut at {cut}");
    }
    let single: Vec<&[u8]> = bytes.chunks(1).collect();
    assert_eq!(parse(&single, TYPE, FormLimits::new()).await.unwrap(), expected, "{body:?} byte by byte");
}

#[tokio::test]
async fn parts_however_they_are_cut() {
    let file =
        part("content-disposition: form-data; name=f; filename=\"a b.txt\"\r\nContent-Type: text/plain", "x\r\ny");
    let end = "--X--\r\nan epilogue";
    everywhere(&format!("{}{}{file}{end}", field("a", "1"), field("b", "")), &["a=1", "b=", "f:a b.txt=x\r\ny"]).await;
    // What looks like a boundary and is none is data.
    let lookalike = "1\r\n--Xy\r\n--\r\r\n-\r\n--X-y\r\n--X\ry\r\n--";
    everywhere(&format!("{}{end}", field("a", lookalike)), &[&format!("a={lookalike}")]).await;
    // Empty lines in front, and blanks after a boundary.
    everywhere(&format!("\r\n\r\n{}", field("a", "1")), &[]).await;
    everywhere(&format!("\r\n{}--X \t\r\n{}{end}", field("a", "1"), &field("b", "2")[5..]), &["a=1", "b=2"]).await;
    // The first name counts for nothing when a second follows.
    let twice = "Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"";
    everywhere(&format!("{}{end}", part(twice, "1")), &["b=1"]).await;
    everywhere("--X--", &[]).await;
}

#[tokio::test]
async fn a_body_that_ends_early_lacks_its_last_part() {
    let whole = format!("{}{}--X--", field("a", "1"), field("b", "2"));
    for end in 0..whole.len() - 1 {
        let values = parse(&[&whole.as_bytes()[..end]], TYPE, FormLimits::new()).await.unwrap();
        let expected: &[&str] = match end {
            // The second boundary with its line end, or the last with its hyphens.
            _ if end < field("a", "1").len() + 5 => &[],
            _ => &["a=1"],
        };
        assert_eq!(values, expected, "{:?}", &whole[..end]);
    }
}

#[tokio::test]
async fn malformed_bodies() {
    let disposition = "Content-Disposition: form-data; name=\"a\"";
    let many = "A: b\r\n".repeat(8);
    for body in [
        "no boundary at all".to_owned(),
        "--Y\r\n".to_owned(),
        "--X\n".to_owned(),
        "--X \r\n".to_owned(),
        "--X-\r\n".to_owned(),
        part("no colon", "1"),
        part(": no name", "1"),
        part("a b: blank in the name", "1"),
        format!("--X\r\n{disposition}\rx"),
        format!("--X\r\n{disposition}\r\n\rx"),
        part(&format!("{many}{disposition}"), "1"),
        part(&format!("{disposition}\r\nA: {}", "b".repeat(5_000)), "1"),
        format!("{}--X x\r\n", field("a", "1")),
    ] {
        let result = parse(&[body.as_bytes()], TYPE, FormLimits::new()).await;
        assert!(matches!(result, Err(FormFault::Malformed)), "{body:?}: {result:?}");
    }
    for body in [part("Content-Type: text/plain", "1"), part("Content-Disposition: form-data", "1")] {
        let result = parse(&[body.as_bytes()], TYPE, FormLimits::new()).await;
        assert!(matches!(result, Err(FormFault::Unnamed)), "{body:?}: {result:?}");
    }
    let none = parse(&[b"--X--"], "multipart/form-data", FormLimits::new()).await;
    assert!(matches!(none, Err(FormFault::NoBoundary)), "{none:?}");
    let long = format!("multipart/form-data; boundary={}", "x".repeat(257));
    let long = parse(&[b"--X--"], &long, FormLimits::new()).await;
    assert!(matches!(long, Err(FormFault::Malformed)), "{long:?}");
}

#[tokio::test]
async fn limits_hold_while_it_is_read() {
    let file = |name: &str| part(&format!("Content-Disposition: form-data; name={name}; filename=f"), "123456");
    let limits = FormLimits::new().max_fields(2).max_files(1).max_part_size(4);
    let parsed = |body: String| async move { parse(&[body.as_bytes()], TYPE, limits).await };
    let good = format!("{}{}{}--X--", field("a", "1234"), field("b", ""), file("f"));
    assert_eq!(parsed(good).await.unwrap().len(), 3);
    // Neither waits for the end.
    let fields = format!("{}{}--X\r\nContent-Disposition: form-data; name=c\r\n\r\n", field("a", "1"), field("b", "2"));
    assert!(matches!(parsed(fields).await, Err(FormFault::Fields(2))));
    let files = format!("{}--X\r\nContent-Disposition: form-data; name=g; filename=h\r\n\r\n", file("f"));
    assert!(matches!(parsed(files).await, Err(FormFault::Files(1))));
    let part = "--X\r\nContent-Disposition: form-data; name=a\r\n\r\n12345".to_owned();
    assert!(matches!(parsed(part).await, Err(FormFault::PartSize(4))));
}

#[tokio::test]
async fn text_is_utf8_or_else_latin_1() {
    let body = b"--X\r\nContent-Disposition: form-data; name=\"\xC3\xA9\"\r\n\r\n\xE9\r\n--X--".as_slice();
    assert_eq!(parse(&[body], TYPE, FormLimits::new()).await.unwrap(), ["é=é"]);
    let latin = format!("{TYPE}; charset=iso-8859-1");
    assert_eq!(parse(&[body], &latin, FormLimits::new()).await.unwrap(), ["Ã©=é"]);
}

#[tokio::test]
async fn large_files_are_on_disk_and_can_be_read_anywhere() {
    let data: Vec<u8> = (0..3_000_000u32).map(|index| (index % 251) as u8).collect();
    let head = b"--X\r\nContent-Disposition: form-data; name=f; filename=big\r\n\r\n".as_slice();
    let whole = [head, &data, b"\r\n--X--"].concat();
    let pieces: Vec<_> = whole.chunks(65_000).map(|piece| Ok::<_, std::io::Error>(piece.to_vec())).collect();
    let mut body = BodyStream::new(Body::from_bytes_stream(stream::iter(pieces)), u64::MAX);
    let values = read(&mut body, &HeaderOptions::parse(TYPE.as_bytes()), FormLimits::new()).await.unwrap();
    let [(_, FormValue::File(FormFile { file, .. }))] = values.as_slice() else { panic!("{values:?}") };
    let mut file = file.clone();
    drop(values);
    let path = file.path().expect("it is on disk").to_owned();
    assert_eq!(file.size(), data.len() as u64);
    assert_eq!(file.read(10).await.unwrap(), data[..10]);
    file.seek(2_000_000).await.unwrap();
    assert_eq!(file.read(5).await.unwrap(), data[2_000_000..2_000_005]);
    assert_eq!(file.read_all().await.unwrap(), data[2_000_005..]);
    assert!(file.read(1).await.unwrap().is_empty());
    // A clone begins at the beginning, and the file goes with the last of them.
    let mut clone = file.clone();
    drop(file);
    assert_eq!(clone.read_all().await.unwrap(), data);
    let kept = path.with_extension("kept");
    clone.persist(&kept).await.unwrap();
    assert!(!path.exists());
    assert_eq!(std::fs::read(&kept).unwrap(), data);
    std::fs::remove_file(kept).unwrap();
}
