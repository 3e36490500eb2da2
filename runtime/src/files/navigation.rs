//! Whether a browser goes to a page, or a page asks for something.

use poem::{Request, http::header::ACCEPT};

/// A client that accepts HTML by name, and does not refuse it.
pub(super) fn is_navigation(request: &Request) -> bool {
    let accepted = request.headers().get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|range| {
        let mut parts = range.split(';').map(str::trim);
        let media_type = parts.next().unwrap_or_default().to_ascii_lowercase();
        let quality = parts.find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim().eq_ignore_ascii_case("q").then(|| value.trim().parse::<f32>().ok()).flatten()
        });
        matches!(media_type.as_str(), "text/html" | "application/xhtml+xml") && quality != Some(0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_asked_for_by_name() {
        for (accept, asks) in [
            ("", false),
            ("*/*", false),
            ("text/*", false),
            ("application/json", false),
            ("text/html", true),
            ("TEXT/HTML; charset=utf-8", true),
            ("text/html;q=0", false),
            ("text/html; q=0.0", false),
            ("text/html; q=nonsense", true),
            ("application/json, application/xhtml+xml;q=0.1", true),
            ("text/html;q=0, application/xhtml+xml", true),
        ] {
            let request = Request::builder().header(ACCEPT, accept).finish();
            assert_eq!(is_navigation(&request), asks, "{accept}");
        }
    }
}
