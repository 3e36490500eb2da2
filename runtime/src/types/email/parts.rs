//! Taking an email address apart: `Name <local@domain>`.

use super::{is_ascii_atom, refuse_chars};

/// The part before the @-sign and the part after it, without a name and angle brackets around them.
pub(super) fn split(text: &str) -> Result<(&str, &str), String> {
    let text = text.trim();
    let text = match text.strip_suffix('>').and_then(|rest| rest.split_once('<')) {
        Some((name, address)) if is_name(name.trim()) => address.trim(),
        _ => text,
    };
    let at = at_sign(text)?;
    let (local, domain) = text.split_at(at);
    if domain.starts_with('<') {
        let name = local.trim_end();
        if !name.starts_with('"') {
            let message = "The display name contains invalid characters when not quoted";
            refuse_chars(message, name, |char| is_ascii_atom(char) || char == ' ')?;
        }
        return Err(match (text.ends_with('>'), text.contains('>')) {
            (true, _) => {
                "A display name and angle brackets around the email address are not permitted here.".to_owned()
            }
            (false, true) => "There can't be anything after the email address.".to_owned(),
            (false, false) => "An open angle bracket at the start of the email address has to be followed by a close \
                               angle bracket at the end."
                .to_owned(),
        });
    }
    Ok((local, domain.get(1..).unwrap_or_default()))
}

/// What may stand before the brackets: words, or a quoted text.
fn is_name(name: &str) -> bool {
    let quoted = name.len() > 2 && name.starts_with('"') && name.ends_with('"');
    let in_word = |char: char| char.is_alphanumeric() || char.is_whitespace() || "_.!#$%&'*+-/=?^`{|}~".contains(char);
    quoted || name.chars().all(in_word)
}

/// The first @-sign or angle bracket that is not within quotes.
fn at_sign(text: &str) -> Result<usize, String> {
    let (mut quoted, mut escaped) = (false, false);
    for (index, char) in text.char_indices() {
        match char {
            '"' if !escaped => quoted = !quoted,
            '@' | '<' if !quoted => return Ok(index),
            _ => {}
        }
        escaped = quoted && char == '\\' && !escaped;
    }
    Err(if text.contains('＠') {
        "The email address has the \"full-width\" at-sign (@) character instead of a regular at-sign.".to_owned()
    } else if text.contains('﹫') {
        "The email address has the \"small commercial at\" character instead of a regular at-sign.".to_owned()
    } else {
        "An email address must have an @-sign.".to_owned()
    })
}
