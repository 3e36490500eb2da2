//! What Pydantic 2.14.3 with email-validator 2.4.0 answers.

use super::normalise;

#[test]
fn addresses() {
    for (text, address) in [
        ("a@example.com", "a@example.com"),
        ("A.B+c@Example.COM", "A.B+c@example.com"),
        ("Name <a@example.com>", "a@example.com"),
        ("\"Q, N\" <a@example.com>", "a@example.com"),
        ("First Last<a@Example.com>", "a@example.com"),
        ("  a@example.com ", "a@example.com"),
        ("<a@example.com>", "a@example.com"),
        ("INFO@example.com", "info@example.com"),
        ("Postmaster@example.com", "postmaster@example.com"),
        ("FTP@example.com", "ftp@example.com"),
        ("a@exämple.com", "a@exämple.com"),
        ("a@EXÄMPLE.com", "a@exämple.com"),
        ("a@xn--exmple-cua.com", "a@exämple.com"),
        ("ä@example.com", "ä@example.com"),
        ("o'hara@example.com", "o'hara@example.com"),
        ("a@example.co.uk", "a@example.co.uk"),
        ("a@1.com", "a@1.com"),
        ("a@例え。jp", "a@例え.jp"),
        ("\u{a0}a@example.com", "a@example.com"),
        ("Ünal <a@example.com>", "a@example.com"),
        ("😀@example.com", "😀@example.com"),
        (
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.com",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.com",
        ),
        ("'a'@example.com", "'a'@example.com"),
        (" <a@example.com> ", "a@example.com"),
        ("a@EXAMPLE.C0M", "a@example.c0m"),
        ("a@b.c", "a@b.c"),
        ("a@ab.c--d.com", "a@ab.c--d.com"),
    ] {
        assert_eq!(normalise(text).as_deref(), Ok(address), "{text}");
    }
}

#[test]
fn no_addresses() {
    for (text, reason) in [
        ("", "An email address must have an @-sign."),
        ("a", "An email address must have an @-sign."),
        ("a@", "There must be something after the @-sign."),
        ("@example.com", "There must be something before the @-sign."),
        ("@", "There must be something before the @-sign."),
        ("a@b", "The part after the @-sign is not valid. It should have a period."),
        ("a@b.", "An email address cannot end with a period."),
        ("a@.b.com", "An email address cannot have a period immediately after the @-sign."),
        ("a..b@example.com", "An email address cannot have two periods in a row."),
        (".a@example.com", "An email address cannot start with a period."),
        ("a.@example.com", "An email address cannot have a period immediately before the @-sign."),
        ("a b@example.com", "The email address contains invalid characters before the @-sign: SPACE."),
        ("a(b)@example.com", "The email address contains invalid characters before the @-sign: '(', ')'."),
        ("a,b;c@example.com", "The email address contains invalid characters before the @-sign: ',', ';'."),
        ("a\\b@example.com", "The email address contains invalid characters before the @-sign: \"\\\"."),
        ("a@b@example.com", "The part after the @-sign contains invalid characters: '@'."),
        ("a@exa_mple.com", "The part after the @-sign contains invalid characters: '_'."),
        ("a@ex ample.com", "The part after the @-sign contains invalid characters: SPACE."),
        ("a@-b.com", "An email address cannot have a hyphen immediately after the @-sign."),
        ("a@b-.com", "An email address cannot have a period and a hyphen next to each other."),
        ("a@b.com-", "An email address cannot end with a hyphen."),
        ("a@b..com", "An email address cannot have two periods in a row."),
        (
            "a@ab--c.com",
            "An email address cannot have two letters followed by two dashes immediately after the @-sign or after a period, except Punycode.",
        ),
        (
            "a@example.test",
            "The part after the @-sign is a special-use or reserved name that cannot be used with email.",
        ),
        ("a@localhost", "The part after the @-sign is not valid. It should have a period."),
        ("a@x.local", "The part after the @-sign is a special-use or reserved name that cannot be used with email."),
        ("a@example.1", "The part after the @-sign is not valid. It is not within a valid top-level domain."),
        ("a@example.123", "The part after the @-sign is not valid. It is not within a valid top-level domain."),
        ("a@[1.2.3.4]", "A bracketed IP address after the @-sign is not allowed here."),
        ("\"a b\"@example.com", "Quoting the part before the @-sign is not allowed here."),
        ("a\u{9}b@example.com", "The email address contains invalid characters before the @-sign: U+0009."),
        (
            "a＠example.com",
            "The email address has the \"full-width\" at-sign (@) character instead of a regular at-sign.",
        ),
        ("a﹫example.com", "The email address has the \"small commercial at\" character instead of a regular at-sign."),
        ("a\u{a}b@example.com", "Carriage return and line feed characters are not allowed"),
        (
            "a <b@example.com",
            "An open angle bracket at the start of the email address has to be followed by a close angle bracket at the end.",
        ),
        ("a <b@example.com> c", "There can't be anything after the email address."),
        ("a, b <c@example.com>", "The display name contains invalid characters when not quoted: ','."),
        ("a@exam\u{200b}ple.com", "The email address contains unsafe characters: ZERO WIDTH SPACE."),
        ("a\u{200b}@example.com", "The email address contains unsafe characters: ZERO WIDTH SPACE."),
        ("a\u{a0}b@example.com", "The email address contains unsafe characters: NO-BREAK SPACE."),
        ("\"a\"@example.com", "Quoting the part before the @-sign is not allowed here."),
        ("a\"b@example.com", "An email address must have an @-sign."),
        ("Name a@example.com", "The email address contains invalid characters before the @-sign: SPACE."),
        ("mailto:a@example.com", "The email address contains invalid characters before the @-sign: ':'."),
        ("a@example.com,b@example.com", "The part after the @-sign contains invalid characters: ',', '@'."),
        ("a@examp%le.com", "The part after the @-sign contains invalid characters: '%'."),
        ("a@example.com.", "An email address cannot end with a period."),
        ("a@\u{0}.com", "The part after the @-sign contains invalid characters: U+0000."),
        ("Name <a@example>", "The part after the @-sign is not valid. It should have a period."),
        ("Name <>", "An email address must have an @-sign."),
        (
            "a@example.onion",
            "The part after the @-sign is a special-use or reserved name that cannot be used with email.",
        ),
        ("a@foo.arpa", "The part after the @-sign is a special-use or reserved name that cannot be used with email."),
        ("a@x.invalid", "The part after the @-sign is a special-use or reserved name that cannot be used with email."),
        ("a@--b.com", "An email address cannot have a hyphen immediately after the @-sign."),
    ] {
        assert_eq!(normalise(text), Err(reason.to_owned()), "{text}");
    }
}

#[test]
fn long_addresses() {
    for (text, reason) in [
        (
            format!("a@{}.com", "b".repeat(64)),
            "After the @-sign, periods cannot be separated by so many characters (1 character too many).",
        ),
        (
            format!("a@{}com", "b.".repeat(130)),
            "The email address is too long after the @-sign (10 characters too many).",
        ),
        (format!("{}@example.com", "a".repeat(250)), "The email address is too long (8 characters too many)."),
        ("x".repeat(2049), "Length must not exceed 2048 characters"),
    ] {
        assert_eq!(normalise(&text), Err(reason.to_owned()), "{text}");
    }
}

#[test]
fn wrong_punycode_is_refused() {
    // Python's idna has words of its own; it also refuses symbols such as emoji, which browsers accept.
    assert!(normalise("a@xn--a.com").is_err());
}
