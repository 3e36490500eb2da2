//! Answers that are no JSON, front ends and streams: the twin of `texts.py`, which has written the tables.

use std::fs;

use tempfile::TempDir;
use versify::{ByteStream, Fallback, Frontend, MediaType, prelude::*};

use super::same;
use crate::client::send;

/// Method, URI, headers, status, content type, and the text or where a redirect leads.
type Row = (String, String, Vec<(String, String)>, u16, String, String);

/// Sends every request of a table, and lists what is answered otherwise than FastAPI did.
async fn replay(app: App, table: &str) {
    let service = app.build().unwrap();
    let rows: Vec<Row> = serde_json::from_str(table).unwrap();
    let mut differences = Vec::new();
    for (method, uri, headers, status, media_type, text) in &rows {
        let headers: Vec<(&str, &str)> = [("host", "test")]
            .into_iter()
            .chain(headers.iter().map(|(name, value)| (name.as_str(), value.as_str())))
            .collect();
        let answer = send(&service, method, uri, &headers, ()).await;
        let location = answer.header("location");
        let found = if location.is_empty() { &answer.body } else { location };
        let json = |text: &str| serde_json::from_str::<Value>(text).ok();
        // A service answers HEAD with a body, which the connection leaves out.
        let is_same = method == "HEAD" && text.is_empty()
            || found == text
            || media_type == "application/json"
                && json(found).zip(json(text)).is_some_and(|(found, text)| same(&found, &text));
        if answer.status != *status || answer.header("content-type") != media_type || !is_same {
            let found = format!("{} {} {found}", answer.status, answer.header("content-type"));
            differences
                .push(format!("{method} {uri} {headers:?}\n   {found}\n   instead of {status} {media_type} {text}"));
        }
    }
    let count = differences.len();
    assert!(differences.is_empty(), "{count} of {} differ:\n{}", rows.len(), differences.join("\n"));
}

#[get("/items")]
async fn read_items() -> &'static str {
    "items"
}

#[get("/shadowed/")]
async fn shadowed() -> &'static str {
    "operation"
}

#[get("/missing/{name}")]
async fn missing(name: String) -> Result<()> {
    Err(HttpError::new(404, format!("no {name}")))
}

#[dependency]
fn session(#[cookie] session: Option<String>) -> Result<()> {
    if session.as_deref() == Some("ok") { Ok(()) } else { Err(HttpError::new(401, "log in")) }
}

#[dependency]
fn limited(head: ResponseHead, #[query(default = 1, le = 3)] limit: i64) -> Result<()> {
    head.header("x-limit", limit.to_string());
    Ok(())
}

struct Folders(Vec<TempDir>);

impl Folders {
    fn frontend(&mut self, files: &[(&str, &str)]) -> Frontend {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let frontend = Frontend::new(folder.path());
        self.0.push(folder);
        frontend
    }
}

#[tokio::test]
async fn front_ends() {
    let mut folders = Folders(Vec::new());
    let site = folders.frontend(&[
        ("index.html", "site"),
        ("assets/app.js", "script"),
        ("about/index.html", "about"),
        ("items", "a file"),
        ("shadowed/index.html", "shadowed"),
        ("administrator.txt", "administrator"),
        ("empty/deep/x.txt", "x"),
    ]);
    let ui = folders.frontend(&[("index.html", "ui"), ("a.txt", "a")]);
    let inner = folders.frontend(&[("index.html", "inner"), ("a.txt", "inner a")]);
    let guarded = folders.frontend(&[("index.html", "guarded"), ("a.txt", "guarded a")]);
    let admin = folders.frontend(&[("index.html", "admin"), ("404.html", "no such page")]);
    let bare = folders.frontend(&[("index.html", "bare")]);
    let inner = Router::new().prefix("/inner").dependency::<limited>().frontend("/", inner);
    let app = App::new("FastAPI", "0.1.0")
        .routes(routes![read_items, shadowed, missing])
        .frontend("/", site.fallback(Fallback::Index))
        .include(Router::new().prefix("/v1/plain").frontend("/ui/", ui))
        .include(Router::new().prefix("/guarded").dependency::<session>().frontend("/", guarded).include(inner))
        .frontend("/admin", admin)
        .frontend("/bare", bare.fallback(Fallback::None));
    replay(app, include_str!("frontends.json")).await;
}

#[model]
struct Item {
    name: String,
    optional: Option<String>,
}

struct Png;

impl MediaType for Png {
    const NAME: Option<&'static str> = Some("image/png");
}

fn items() -> impl Stream<Item = Item> {
    stream! {
        yield Item { name: "a\nb".to_owned(), optional: None };
        yield Item { name: "ü".to_owned(), optional: Some("x".to_owned()) };
    }
}

#[dependency]
fn accepted(head: ResponseHead) {
    head.status(202);
    head.header("x-seen", "yes");
}

macro_rules! streams {
    ($($kind:ident $path:literal $name:ident($($options:tt)*);)*) => {$(
        streams!(@$kind $path $name($($options)*));
    )*};
    (@events $path:literal $name:ident($($options:tt)*)) => {
        #[post($path, summary = "Events", $($options)*)]
        async fn $name() -> Events<impl Stream<Item = Item>> {
            Events::new(items())
        }
    };
    (@lines $path:literal $name:ident($($options:tt)*)) => {
        #[post($path, summary = "Lines", $($options)*)]
        async fn $name() -> JsonLines<impl Stream<Item = Item>> {
            JsonLines::new(items())
        }
    };
    (@raw $path:literal $name:ident($($options:tt)*)) => {
        #[post($path, summary = "Raw", $($options)*)]
        async fn $name() -> ByteStream<impl Stream<Item = &'static str>> {
            ByteStream::of(["a\n", "ü"])
        }
    };
    (@png $path:literal $name:ident($($options:tt)*)) => {
        #[post($path, summary = "Png", $($options)*)]
        async fn $name() -> ByteStream<impl Stream<Item = &'static [u8]>, Png> {
            ByteStream::new(stream! { yield &b"PNG"[..]; })
        }
    };
}

streams! {
    events "/events" events_plain(operation_id = "events_plain");
    events "/events/created" events_created(operation_id = "events_created", status = 201);
    events "/events/accepted" events_accepted(operation_id = "events_accepted", status = 201, dependencies = [accepted]);
    lines "/lines" lines_plain(operation_id = "lines_plain");
    lines "/lines/created" lines_created(operation_id = "lines_created", status = 201);
    lines "/lines/accepted" lines_accepted(operation_id = "lines_accepted", status = 201, dependencies = [accepted]);
    raw "/raw" raw_plain(operation_id = "raw_plain");
    raw "/raw/created" raw_created(operation_id = "raw_created", status = 201);
    raw "/raw/accepted" raw_accepted(operation_id = "raw_accepted", status = 201, dependencies = [accepted]);
    png "/png" png_plain(operation_id = "png_plain");
    png "/png/created" png_created(operation_id = "png_created", status = 201);
    png "/png/accepted" png_accepted(operation_id = "png_accepted", status = 201, dependencies = [accepted]);
}

#[get("/untyped")]
async fn untyped() -> JsonLines<impl Stream<Item = Serde<Loose>>> {
    JsonLines::new(stream! {
        yield Serde(Loose::Named { name: "foo" });
        yield Serde(Loose::Null);
        yield Serde(Loose::Number(f64::NAN));
        yield Serde(Loose::List(f64::INFINITY, -1.5, "ü"));
    })
}

/// What Python calls `Any`.
#[derive(versify::serde::Serialize)]
#[serde(untagged, crate = "versify::serde")]
enum Loose {
    Named { name: &'static str },
    Letter { a: f64 },
    Null,
    Number(f64),
    Count(i64),
    Text(&'static str),
    List(f64, f64, &'static str),
}

#[get("/blocking")]
fn blocking() -> JsonLines<impl Stream<Item = f64>> {
    JsonLines::of([1.0, 1e300])
}

#[get("/untyped-events")]
async fn untyped_events() -> Events<impl Stream<Item = Serde<Loose>>> {
    Events::new(stream! {
        yield Serde(Loose::Letter { a: f64::NAN });
        yield Serde(Loose::Text("text"));
        yield Serde(Loose::Count(5));
        yield Serde(Loose::Null);
    })
}

#[get("/none")]
async fn none() -> Events<impl Stream<Item = Item>> {
    Events::new(stream! {
        for never in Vec::<Item>::new() {
            yield never;
        }
    })
}

#[get("/failing")]
async fn failing() -> Result<JsonLines<impl Stream<Item = Item>>> {
    match std::env::var_os("PATH") {
        None => Ok(JsonLines::new(items())),
        Some(_) => Err(HttpError::new(400, "not today")),
    }
}

#[tokio::test]
async fn streams() {
    let app = App::new("FastAPI", "0.1.0")
        .routes(routes![events_plain, lines_plain, raw_plain, png_plain])
        .routes(routes![events_created, lines_created, raw_created, png_created])
        .routes(routes![events_accepted, lines_accepted, raw_accepted, png_accepted])
        .routes(routes![untyped, blocking, untyped_events, none, failing]);
    replay(app, include_str!("streams.json")).await;
}
