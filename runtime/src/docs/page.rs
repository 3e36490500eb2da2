//! [`Page`]: HTML in which no text of an app can be anything but text.

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A documentation page: a style sheet, a script, and a few lines that start it.
///
/// Those lines are the one script that stands in the page: the policy allows it by its hash, and no other.
#[derive(Default)]
pub(super) struct Page<'a> {
    pub(super) title: &'a str,
    pub(super) styles: &'a [&'a str],
    pub(super) scripts: &'a [&'a str],
    /// The id of the element that is filled.
    pub(super) element: &'a str,
    pub(super) init: String,
    /// What the policy says beside of scripts and styles.
    pub(super) policy: &'a str,
}

impl Page<'_> {
    pub(super) fn html(&self) -> String {
        let mut page = String::from("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.push_str(&format!("<title>{}</title>\n", escape(self.title)));
        for style in self.styles {
            page.push_str(&format!("<link rel=\"stylesheet\" href=\"{}\">\n", escape(style)));
        }
        page.push_str("</head>\n<body>\n");
        if !self.element.is_empty() {
            page.push_str(&format!("<div id=\"{}\"></div>\n", escape(self.element)));
        }
        page.push_str("<noscript>The documentation needs JavaScript.</noscript>\n");
        for script in self.scripts {
            page.push_str(&format!("<script src=\"{}\"></script>\n", escape(script)));
        }
        page.push_str(&format!("<script type=\"text/javascript\">{}</script>\n</body>\n</html>\n", self.init));
        page
    }

    /// The `Content-Security-Policy`.
    pub(super) fn policy(&self) -> String {
        let hash = BASE64_STANDARD.encode(Sha256::digest(self.init.as_bytes()));
        let scripts = origins(self.scripts);
        let styles = origins(self.styles);
        format!(
            "default-src 'self'; script-src 'self' 'sha256-{hash}'{scripts}; style-src 'self' 'unsafe-inline'{styles}; \
             {}; frame-ancestors 'self'; base-uri 'none'",
            self.policy
        )
    }
}

/// The origins of what comes from elsewhere.
fn origins(urls: &[&str]) -> String {
    let origin = |url: &&&str| {
        let (scheme, rest) = url.split_once("://")?;
        let host = rest.split('/').next()?;
        let legal = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '-' | ':');
        host.chars().all(legal).then(|| format!(" {scheme}://{host}"))
    };
    urls.iter().filter_map(|url| origin(&url)).collect()
}

/// JSON as Python writes it, in a script: nothing in it can end the script.
pub(super) fn script_json(value: &Value) -> String {
    let text = match value {
        Value::Object(entries) => {
            let entries = entries.iter().map(|(name, value)| format!("{}: {}", script_text(name), script_json(value)));
            return format!("{{{}}}", entries.collect::<Vec<_>>().join(", "));
        }
        Value::Array(items) => {
            return format!("[{}]", items.iter().map(script_json).collect::<Vec<_>>().join(", "));
        }
        other => other.to_string(),
    };
    escape_script(&text)
}

/// A text in a script.
pub(super) fn script_text(text: &str) -> String {
    escape_script(&Value::from(text).to_string())
}

fn escape_script(text: &str) -> String {
    text.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// Text that means itself in HTML, in attributes too.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
