//! HTML pages that hold nothing but names.

/// A page that loads `styles` and `scripts`, with `settings` as data attributes of its body.
pub(super) fn html(title: &str, styles: &[&str], scripts: &[&str], settings: &[(&str, &str)]) -> String {
    let mut page = String::from("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.push_str(&format!("<title>{}</title>\n", escape(title)));
    for style in styles {
        page.push_str(&format!("<link rel=\"stylesheet\" href=\"{}\">\n", escape(style)));
    }
    page.push_str("</head>\n<body");
    for (name, value) in settings {
        page.push_str(&format!(" data-{name}=\"{}\"", escape(value)));
    }
    page.push_str(">\n<div id=\"ui\"></div>\n<noscript>The documentation needs JavaScript.</noscript>\n");
    for script in scripts {
        page.push_str(&format!("<script src=\"{}\"></script>\n", escape(script)));
    }
    page.push_str("</body>\n</html>\n");
    page
}

/// Text that means itself in HTML, in attributes too.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
