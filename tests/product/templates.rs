//! Pages made of templates.

use std::{fs, path::Path};

use versify::{Html, StartFault, Templates, poem::endpoint::make_sync, prelude::*};

use crate::client::{get, send};

#[model]
struct Item {
    name: String,
    price: f64,
}

#[get("/items/{name}")]
async fn read_item(name: String, templates: Templates) -> Result<Html> {
    Ok(templates.render("item.html", &Item { name, price: 1.5 })?)
}

#[get("/page/{name:path}")]
async fn page(name: String, templates: Templates) -> Result<Html> {
    Ok(templates.render(&name, ())?)
}

/// A directory of templates.
fn directory(files: &[(&str, &str)]) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = directory.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    directory
}

fn app(directory: &Path) -> App {
    App::new("pages", "1")
        .routes(routes![read_item, page])
        .mount("/static", make_sync(|_| ""))
        .state(Templates::new(directory))
}

#[tokio::test]
async fn pages() {
    let files = directory(&[
        ("base.html", "<title>{% block title %}{% endblock %}</title>{% block main %}{% endblock %}"),
        (
            "item.html",
            "{% extends 'base.html' %}{% block title %}{{ name }}{% endblock %}{% block main %}\
             <a href=\"{{ url_for('read_item', name=name) }}\">{{ price }}</a>\
             <link href=\"{{ url_for('static', path='/a.css').path }}\">{% endblock %}",
        ),
        ("seen.html", "{{ request.method }} {{ request.path }} {{ request.url }} {{ request.url.path }}"),
        ("query.html", "{{ url_for('read_item', name='x').query(page=2, q='a&b') }}"),
        ("text/plain.txt", "{{ '<' }}"),
        ("markup.html", "{{ '<' }}{{ '<'|safe }}{{ \"'\\\"&\" }}{% include 'text/plain.txt' %}"),
        ("broken.html", "{{ 1 + nothing.at.all }}"),
        ("unknown.html", "{{ url_for('nobody') }}"),
    ]);
    let service = app(files.path()).root_path("/api").build().unwrap();
    for (uri, expected) in [
        (
            "/items/a%3Cb'",
            "<title>a&lt;b&#39;</title><a href=\"http://x.org/api/items/a%3Cb&#39;\">1.5</a>\
             <link href=\"/api/static/a.css\">",
        ),
        ("/page/seen.html?a=1", "GET /page/seen.html http://x.org/api/page/seen.html?a=1 /api/page/seen.html?a=1"),
        ("/page/query.html", "http://x.org/api/items/x?page=2&amp;q=a%26b"),
        ("/page/text/plain.txt", "<"),
        ("/page/markup.html", "&lt;<&#39;&#34;&amp;<"),
    ] {
        let answer = send(&service, "GET", uri, &[("host", "x.org")], ()).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, expected), "{uri}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    }
    // A fault of the program: the log has it, the client does not.
    for uri in ["/page/broken.html", "/page/none.html", "/page/../secret.html", "/page/unknown.html"] {
        let answer = get(&service, uri).await;
        assert_eq!((answer.status, answer.body.as_str()), (500, "Internal Server Error"), "{uri}");
    }
}

#[tokio::test]
async fn a_changed_template_is_read_again_where_it_shall_be() {
    for reload in [true, false] {
        let files = directory(&[("a.html", "old")]);
        let templates = Templates::new(files.path()).reload(reload);
        let service = App::new("pages", "1").routes(routes![page]).state(templates).build().unwrap();
        assert_eq!(get(&service, "/page/a.html").await.body, "old");
        fs::write(files.path().join("a.html"), "changed").unwrap();
        let expected = if reload { "changed" } else { "old" };
        assert_eq!(get(&service, "/page/a.html").await.body, expected, "{reload}");
    }
}

#[test]
fn faults_are_told_at_the_start() {
    let files = directory(&[
        ("good.html", "{{ a }}"),
        ("one.html", "line\n{% if %}"),
        ("deep/two.html", "{{ a "),
        (".hidden.html", "{{"),
    ]);
    fs::write(files.path().join("image.png"), [0x89, b'{', b'{', 0xff]).unwrap();
    let error = app(files.path()).build().unwrap_err();
    let faults: Vec<String> = error.faults().iter().map(ToString::to_string).collect();
    assert_eq!(faults.len(), 2, "{error}");
    let at = |name: &str| files.path().join(name).display().to_string();
    assert!(faults[0].contains(&format!("{}:1: ", at("deep/two.html"))), "{error}");
    assert!(faults[1].contains(&format!("{}:2: ", at("one.html"))), "{error}");

    let error = app(&files.path().join("nowhere")).build().unwrap_err();
    let fault = error.faults().first().unwrap();
    assert!(matches!(fault, StartFault::Template { .. }), "{error}");
    assert!(fault.to_string().contains("nowhere` does not exist"), "{error}");

    let error = App::new("pages", "1").routes(routes![page]).build().unwrap_err();
    assert!(error.to_string().contains("State<versify::templates::Templates>"), "{error}");
}

#[test]
fn a_page_without_a_request() {
    let files = directory(&[("mail.txt", "Dear {{ name|shout }}")]);
    let templates = Templates::new(files.path()).configure(|environment| {
        environment.add_filter("shout", |text: String| text.to_uppercase());
    });
    assert_eq!(templates.render_text("mail.txt", json!({"name": "Ann"})).unwrap(), "Dear ANN");
    let error = templates.render("none.html", ()).unwrap_err().to_string();
    assert!(error.contains("none.html"), "{error}");
}
