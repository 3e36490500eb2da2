//! What stands in URLs as it is; all else is percent-encoded.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};

/// What is never encoded (RFC 3986, section 2.3).
pub(crate) const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What stands in a path as it is (RFC 3986, section 3.3), slashes included.
pub(crate) const IN_PATHS: &AsciiSet = &UNRESERVED
    .remove(b'/')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// What stands in a URL that is complete already: Starlette's choice.
pub(crate) const IN_URLS: &AsciiSet = &IN_PATHS.remove(b'%').remove(b'#').remove(b'?').remove(b'[').remove(b']');
