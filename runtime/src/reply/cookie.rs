//! [`Cookie`]: what an answer asks the client to keep.

use std::{
    fmt::{self, Write as _},
    time::{Duration, SystemTime},
};

use poem::http::{HeaderMap, HeaderValue, header::SET_COOKIE};

use super::HeaderFault;

/// A cookie, with the defaults of Starlette's `set_cookie`: for the whole site (`Path=/`), and not sent with requests
/// that other sites start (`SameSite=lax`).
///
/// It is written as Starlette writes it, down to the order: clients compare such lines in tests.
///
/// ```
/// use std::time::Duration;
/// use versify::Cookie;
///
/// let cookie = Cookie::new("session", "a b,c").max_age(Duration::from_secs(60)).http_only();
/// assert_eq!(cookie.to_string(), r#"session="a b\054c"; HttpOnly; Max-Age=60; Path=/; SameSite=lax"#);
/// ```
#[derive(Debug, Clone)]
#[must_use = "a cookie is set by an answer: `.cookie(..)`"]
pub struct Cookie {
    name: String,
    value: String,
    domain: Option<String>,
    expires: Option<Expires>,
    http_only: bool,
    max_age: Option<u64>,
    partitioned: bool,
    path: Option<String>,
    same_site: Option<SameSite>,
    secure: bool,
}

#[derive(Debug, Clone, Copy)]
enum Expires {
    At(SystemTime),
    Now,
}

/// Whether a cookie is sent with requests that other sites start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SameSite {
    /// Never.
    Strict,
    /// When the user follows a link.
    Lax,
    /// Always; browsers want such a cookie to be [`Cookie::secure`].
    None,
}

impl Cookie {
    /// A cookie that lives until the browser is closed.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
            domain: None,
            expires: None,
            http_only: false,
            max_age: None,
            partitioned: false,
            path: Some("/".to_owned()),
            same_site: Some(SameSite::Lax),
            secure: false,
        }
    }

    /// A cookie that takes the one of this name, domain and path away.
    pub fn deleted(name: impl Into<String>) -> Self {
        Self { expires: Some(Expires::Now), max_age: Some(0), ..Self::new(name, "") }
    }

    /// How long it lives, in whole seconds.
    pub fn max_age(self, age: Duration) -> Self {
        Self { max_age: Some(age.as_secs()), ..self }
    }

    /// When it ends.
    pub fn expires(self, at: SystemTime) -> Self {
        Self { expires: Some(Expires::At(at)), ..self }
    }

    /// The paths that it is sent to; `None` for that of the request and below. `/` by default.
    pub fn path<'p>(self, path: impl Into<Option<&'p str>>) -> Self {
        Self { path: path.into().map(str::to_owned), ..self }
    }

    /// The host that it is sent to, and hosts below; by default that of the request alone.
    pub fn domain(self, domain: impl Into<String>) -> Self {
        Self { domain: Some(domain.into()), ..self }
    }

    /// Only sent over TLS.
    pub fn secure(self) -> Self {
        Self { secure: true, ..self }
    }

    /// Not seen by scripts.
    pub fn http_only(self) -> Self {
        Self { http_only: true, ..self }
    }

    /// Whether it is sent with requests that other sites start; `None` leaves it to the browser. Lax by default.
    pub fn same_site(self, same_site: impl Into<Option<SameSite>>) -> Self {
        Self { same_site: same_site.into(), ..self }
    }

    /// Kept apart for each site that embeds this one.
    pub fn partitioned(self) -> Self {
        Self { partitioned: true, ..self }
    }
}

impl<N: Into<String>, V: Into<String>> From<(N, V)> for Cookie {
    fn from((name, value): (N, V)) -> Self {
        Self::new(name, value)
    }
}

/// What a name may hold, and a value without quotes: Python's rule, RFC 6265's and the colon.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~:".contains(&byte))
}

/// A value as Python quotes it: what browsers and servers would misread, by its octal code.
fn quoted(value: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if is_plain(value) {
        return f.write_str(value);
    }
    f.write_char('"')?;
    for byte in value.bytes() {
        match byte {
            b'"' => f.write_str("\\\"")?,
            b'\\' => f.write_str("\\\\")?,
            _ if byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~: ()/<=>?@[]{}".contains(&byte) => {
                f.write_char(char::from(byte))?;
            }
            _ => write!(f, "\\{byte:03o}")?,
        }
    }
    f.write_char('"')
}

impl fmt::Display for Cookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}=", self.name)?;
        quoted(&self.value, f)?;
        if let Some(domain) = &self.domain {
            write!(f, "; Domain={domain}")?;
        }
        match self.expires {
            Some(Expires::At(at)) => write!(f, "; expires={}", httpdate::HttpDate::from(at))?,
            Some(Expires::Now) => write!(f, "; expires={}", httpdate::HttpDate::from(SystemTime::now()))?,
            None => {}
        }
        if self.http_only {
            f.write_str("; HttpOnly")?;
        }
        if let Some(age) = self.max_age {
            write!(f, "; Max-Age={age}")?;
        }
        if self.partitioned {
            f.write_str("; Partitioned")?;
        }
        if let Some(path) = &self.path {
            write!(f, "; Path={path}")?;
        }
        if let Some(same_site) = self.same_site {
            let word = match same_site {
                SameSite::Strict => "strict",
                SameSite::Lax => "lax",
                SameSite::None => "none",
            };
            write!(f, "; SameSite={word}")?;
        }
        if self.secure {
            f.write_str("; Secure")?;
        }
        Ok(())
    }
}

/// Adds `Set-Cookie`.
pub(crate) fn set_cookie(headers: &mut HeaderMap, cookie: &Cookie) -> Result<(), HeaderFault> {
    let breaks = |text: &Option<String>| text.as_ref().is_some_and(|text| text.contains([';', ',']));
    if cookie.name.is_empty() || !is_plain(&cookie.name) || breaks(&cookie.path) || breaks(&cookie.domain) {
        return Err(HeaderFault::new(format!(
            "a cookie that cannot be: its name, path or domain, of `{}`",
            cookie.name
        )));
    }
    let value = HeaderValue::try_from(cookie.to_string())
        .map_err(|_| HeaderFault::new(format!("a cookie that cannot be: its path or domain, of `{}`", cookie.name)))?;
    headers.append(SET_COOKIE, value);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_written_as_python_writes_them() {
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_445_412_480);
        for (cookie, text) in [
            (Cookie::new("a", "b"), "a=b; Path=/; SameSite=lax"),
            (Cookie::new("a", "").path(None).same_site(None), "a="),
            (Cookie::new("a", "x;y\"\\é").path(None).same_site(None), r#"a="x\073y\"\\\303\251""#),
            (
                Cookie::new("a", "1 / 2").path("/x").same_site(SameSite::Strict),
                r#"a="1 / 2"; Path=/x; SameSite=strict"#,
            ),
            (
                Cookie::new("a", "b").domain("x.org").expires(at).http_only().secure().partitioned(),
                "a=b; Domain=x.org; expires=Wed, 21 Oct 2015 07:28:00 GMT; HttpOnly; Partitioned; Path=/; SameSite=lax; Secure",
            ),
        ] {
            assert_eq!(cookie.to_string(), text);
        }
    }

    #[test]
    fn what_would_be_another_attribute_is_refused() {
        for cookie in [
            Cookie::new("", "x"),
            Cookie::new("a=b", "x"),
            Cookie::new("a b", "x"),
            Cookie::new("a", "x").path("/; Domain=evil.org"),
            Cookie::new("a", "x").domain("evil.org; Secure"),
            Cookie::new("a", "x").path("/\r\nX: y"),
        ] {
            assert!(set_cookie(&mut HeaderMap::new(), &cookie).is_err(), "{cookie}");
        }
    }
}
