//! [`Cookies`]: what answers asked the client to keep.

use std::time::SystemTime;

use poem::http::{HeaderMap, header::SET_COOKIE};

/// The cookies of one host. `Secure` ones are sent, too: there is no wire on which anybody could read them.
#[derive(Debug, Default)]
pub(super) struct Cookies(Vec<Kept>);

#[derive(Debug)]
struct Kept {
    name: String,
    value: String,
    path: String,
}

impl Cookies {
    pub(super) fn set(&mut self, name: &str, value: &str) {
        self.keep(Kept { name: name.to_owned(), value: value.to_owned(), path: "/".to_owned() });
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|kept| kept.name == name).map(|kept| kept.value.as_str())
    }

    fn keep(&mut self, cookie: Kept) {
        self.0.retain(|known| known.name != cookie.name || known.path != cookie.path);
        self.0.push(cookie);
    }

    /// Takes up what an answer to a request for `path` sets.
    pub(super) fn learn(&mut self, path: &str, headers: &HeaderMap) {
        for line in headers.get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok()) {
            let mut parts = line.split(';').map(str::trim);
            let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else { continue };
            let mut cookie = Kept { name: name.to_owned(), value: value.to_owned(), path: default_path(path) };
            let (mut expires, mut max_age) = (None, None);
            for part in parts {
                let (key, value) = part.split_once('=').unwrap_or((part, ""));
                match key.to_ascii_lowercase().as_str() {
                    "path" if value.starts_with('/') => value.clone_into(&mut cookie.path),
                    "expires" => expires = httpdate::parse_http_date(value).ok(),
                    "max-age" => max_age = value.parse::<i64>().ok(),
                    _ => {}
                }
            }
            // RFC 6265, 5.3: `Max-Age` counts before `Expires`.
            let is_over = match max_age {
                Some(seconds) => seconds <= 0,
                None => expires.is_some_and(|end| end <= SystemTime::now()),
            };
            if is_over {
                self.0.retain(|known| known.name != cookie.name || known.path != cookie.path);
            } else {
                self.keep(cookie);
            }
        }
    }

    /// The header field for a request for `path`; the longest path first.
    pub(super) fn header(&self, path: &str) -> Option<String> {
        let mut sent: Vec<&Kept> = self.0.iter().filter(|kept| covers(&kept.path, path)).collect();
        sent.sort_by_key(|kept| std::cmp::Reverse(kept.path.len()));
        let pairs: Vec<String> = sent.iter().map(|kept| format!("{}={}", kept.name, kept.value)).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }
}

/// RFC 6265, 5.1.4.
fn default_path(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, _)) if !folder.is_empty() => folder.to_owned(),
        _ => "/".to_owned(),
    }
}

fn covers(cookie: &str, path: &str) -> bool {
    path.strip_prefix(cookie).is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || cookie.ends_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_kept_sent_and_forgotten() {
        let mut cookies = Cookies::default();
        let mut answer = |path: &str, line: &'static str| {
            let headers = [(SET_COOKIE, line.parse().unwrap())].into_iter().collect();
            cookies.learn(path, &headers);
            cookies.header("/shop/items").unwrap_or_default()
        };
        for (path, line, sent) in [
            ("/", "a=1; Path=/", "a=1"),
            ("/", "b=2; Path=/shop; Secure; HttpOnly", "b=2; a=1"),
            ("/elsewhere/x", "c=3", "b=2; a=1"),
            ("/", "d=4; Path=/sho", "b=2; a=1"),
            ("/", "a=5; Path=/; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "b=2; a=5"),
            ("/", "b=; Path=/shop; Max-Age=0", "a=5"),
            ("/", "a=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT", ""),
            ("/", "rubbish", ""),
            ("/", "e=x=y", "e=x=y"),
        ] {
            assert_eq!(answer(path, line), sent, "{line}");
        }
    }
}
