//! [`EmailStr`]: an email address, checked as Python's `email-validator` does.
//!
//! No crate says why an address is wrong in the words that FastAPI's answers have, so the rules of an address stand
//! here; internationalised domains are the `idna` crate's.

mod parts;

use std::{collections::BTreeSet, fmt, ops::Deref};

use serde::Serialize;

use self::parts::split;
use crate::{
    decode::{Context, ContextValue, Issue, Measured, Rules, Scalar, Textual, check_text},
    openapi::Schema,
};

/// An email address, its domain in lower case. `Name <a@example.com>` is read as `a@example.com`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct EmailStr(String);

impl EmailStr {
    /// Checks and normalises an address.
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        normalise(text).map(Self).map_err(InvalidEmail)
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address.
    #[must_use]
    pub fn into_inner(self) -> String {
        self.0
    }
}

/// Why a text is no email address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidEmail(String);

impl fmt::Display for InvalidEmail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidEmail {}

impl Deref for EmailStr {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EmailStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Scalar for EmailStr {
    fn wrong() -> Issue {
        String::wrong()
    }

    fn from_text(text: &str, cx: &mut Context) -> Option<Self> {
        match normalise(text) {
            Ok(address) => Some(Self(address)),
            Err(reason) => cx.refuse(
                Issue::new("value_error", format!("value is not a valid email address: {reason}"))
                    .with("reason", ContextValue::Text(reason.into())),
            ),
        }
    }
}

impl Measured for EmailStr {}
impl Textual for EmailStr {}

super::scalar!(
    EmailStr => Schema { format: Some("email"), ..Schema::string() },
    check |value: &Self, rules: &Rules, cx| check_text(&value.0, rules, cx)
);

/// Pydantic looks no further than this.
const MAX_TEXT: usize = 2048;
const MAX_ADDRESS: usize = 254;
const MAX_DOMAIN: usize = 253;
const MAX_LABEL: usize = 63;

/// Top-level names to which no mail goes.
const SPECIAL: [&str; 6] = ["arpa", "invalid", "local", "localhost", "onion", "test"];

/// Mailboxes whose names are the same in any case (RFC 2142).
const MAILBOXES: [&str; 15] = [
    "info",
    "marketing",
    "sales",
    "support",
    "abuse",
    "noc",
    "security",
    "postmaster",
    "hostmaster",
    "usenet",
    "news",
    "webmaster",
    "www",
    "uucp",
    "ftp",
];

fn normalise(text: &str) -> Result<String, String> {
    if text.chars().count() > MAX_TEXT {
        return Err(format!("Length must not exceed {MAX_TEXT} characters"));
    }
    if text.contains(['\r', '\n']) {
        return Err("Carriage return and line feed characters are not allowed".to_owned());
    }
    let (local, domain) = split(text)?;
    check_local(local)?;
    if domain.is_empty() {
        return Err("There must be something after the @-sign.".to_owned());
    }
    let ascii = check_domain(domain)?;
    let local = match local.to_ascii_lowercase() {
        lower if MAILBOXES.contains(&lower.as_str()) => lower,
        _ => local.to_owned(),
    };
    let (domain, _) = if ascii.contains("xn--") { idna::domain_to_unicode(&ascii) } else { (ascii, Ok(())) };
    let address = format!("{local}@{domain}");
    if address.len() > MAX_ADDRESS {
        return Err(format!("The email address is too long {}.", excess(address.chars().count(), MAX_ADDRESS)));
    }
    Ok(address)
}

fn excess(len: usize, limit: usize) -> String {
    let more = len.saturating_sub(limit).max(1);
    format!("({more} character{} too many)", if more == 1 { "" } else { "s" })
}

fn is_ascii_atom(char: char) -> bool {
    char.is_ascii_alphanumeric() || "_!#$%&'*+-/=?^`{|}~".contains(char)
}

fn check_local(local: &str) -> Result<(), String> {
    if local.is_empty() {
        return Err("There must be something before the @-sign.".to_owned());
    }
    if local.starts_with('"') {
        return Err("Quoting the part before the @-sign is not allowed here.".to_owned());
    }
    let before = "The email address contains invalid characters before the @-sign";
    refuse_chars(before, local, |char| is_ascii_atom(char) || !char.is_ascii() || char == '.')?;
    check_dots(
        local,
        "An email address cannot start with a period.",
        "An email address cannot have a period immediately before the @-sign.",
    )?;
    refuse_chars("The email address contains unsafe characters", local, is_safe)
}

/// No character that changes how others are shown, and no white space.
fn is_safe(char: char) -> bool {
    !char.is_control()
        && !char.is_whitespace()
        && !matches!(char, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn refuse_chars(message: &str, text: &str, allowed: impl Fn(char) -> bool) -> Result<(), String> {
    let wrong: BTreeSet<String> = text.chars().filter(|char| !allowed(*char)).map(shown).collect();
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!("{message}: {}.", Vec::from_iter(wrong).join(", ")))
}

/// A character as Python shows it.
fn shown(char: char) -> String {
    match char {
        ' ' => "SPACE".to_owned(),
        '\u{a0}' => "NO-BREAK SPACE".to_owned(),
        '\u{200b}' => "ZERO WIDTH SPACE".to_owned(),
        '\\' => "\"\\\"".to_owned(),
        '\'' => "\"'\"".to_owned(),
        char if char.is_control() || char.is_whitespace() || !is_safe(char) => format!("U+{:04X}", char as u32),
        char => format!("'{char}'"),
    }
}

fn check_dots(text: &str, at_start: &str, at_end: &str) -> Result<(), String> {
    let fault = match text {
        _ if text.ends_with('.') => at_end,
        _ if text.starts_with('.') => at_start,
        _ if text.contains("..") => "An email address cannot have two periods in a row.",
        _ => return Ok(()),
    };
    Err(fault.to_owned())
}

/// The domain in ASCII, in lower case.
fn check_domain(domain: &str) -> Result<String, String> {
    if domain.starts_with('[') && domain.ends_with(']') {
        return Err("A bracketed IP address after the @-sign is not allowed here.".to_owned());
    }
    let len = domain.chars().count();
    if len > MAX_DOMAIN {
        return Err(format!("The email address is too long after the @-sign {}.", excess(len, MAX_DOMAIN)));
    }
    let after = "The part after the @-sign contains invalid characters";
    refuse_chars(after, domain, |char| char.is_ascii_alphanumeric() || ['-', '.'].contains(&char) || !char.is_ascii())?;
    refuse_chars("The email address contains unsafe characters", domain, is_safe)?;
    // Full-width and ideographic full stops are periods.
    let domain = domain.replace(['\u{3002}', '\u{ff0e}', '\u{ff61}'], ".").to_lowercase();
    check_dots(
        &domain,
        "An email address cannot have a period immediately after the @-sign.",
        "An email address cannot end with a period.",
    )?;
    check_hyphens(&domain)?;
    let ascii = idna::domain_to_ascii(&domain).map_err(|_| {
        "The part after the @-sign contains invalid characters (invalid international domain name).".to_owned()
    })?;
    if ascii.len() > MAX_DOMAIN {
        return Err(format!("The email address is too long after the @-sign {}.", excess(ascii.len(), MAX_DOMAIN)));
    }
    if let Some(label) = ascii.split('.').find(|label| label.len() > MAX_LABEL) {
        let excess = excess(label.len(), MAX_LABEL);
        return Err(format!("After the @-sign, periods cannot be separated by so many characters {excess}."));
    }
    let Some((_, top)) = ascii.rsplit_once('.') else {
        return Err("The part after the @-sign is not valid. It should have a period.".to_owned());
    };
    if !top.ends_with(|char: char| char.is_ascii_alphabetic()) {
        return Err("The part after the @-sign is not valid. It is not within a valid top-level domain.".to_owned());
    }
    if SPECIAL.contains(&top) {
        let words = "The part after the @-sign is a special-use or reserved name that cannot be used with email.";
        return Err(words.to_owned());
    }
    Ok(ascii)
}

fn check_hyphens(domain: &str) -> Result<(), String> {
    let reserved = |label: &str| label.get(2..4) == Some("--") && !label.starts_with("xn");
    let fault = match domain {
        _ if domain.ends_with('-') => "An email address cannot end with a hyphen.",
        _ if domain.starts_with('-') => "An email address cannot have a hyphen immediately after the @-sign.",
        _ if domain.contains(".-") || domain.contains("-.") => {
            "An email address cannot have a period and a hyphen next to each other."
        }
        _ if domain.split('.').any(reserved) => {
            "An email address cannot have two letters followed by two dashes immediately after the @-sign or after a \
             period, except Punycode."
        }
        _ => return Ok(()),
    };
    Err(fault.to_owned())
}

#[cfg(test)]
mod tests;
