//! [`equal_in_constant_time`].

/// Whether two secrets are equal, in a time that depends on their lengths alone: what an attacker measures does not
/// tell how much of a guess was right.
///
/// ```
/// use versify::security::equal_in_constant_time;
///
/// assert!(equal_in_constant_time("swordfish", b"swordfish"));
/// assert!(!equal_in_constant_time("swordfish", "sword"));
/// ```
#[must_use]
pub fn equal_in_constant_time(a: impl AsRef<[u8]>, b: impl AsRef<[u8]>) -> bool {
    constant_time_eq::constant_time_eq(a.as_ref(), b.as_ref())
}
