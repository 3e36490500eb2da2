//! Who may write.

use std::sync::Arc;

use sha2::{Digest, Sha256};
use versify::{
    poem::Request,
    prelude::*,
    security::{Auth, HttpBearer, SecurityScheme},
};

/// The keys with which one may write, as their SHA-256 hashes. They are long and random: no slower hash is needed.
#[derive(Debug, Clone, Default)]
pub struct ApiKeys(Arc<[[u8; 32]]>);

/// No key is written like that.
#[derive(Debug, thiserror::Error)]
#[error("an API key is configured by its SHA-256 hash, of 64 hexadecimal digits; `versify-demo new-key` makes one")]
pub struct InvalidKey;

impl ApiKeys {
    /// Reads hashes as `versify-demo new-key` writes them. Without any, only this machine may write.
    ///
    /// # Errors
    /// A text that is no hash.
    pub fn new<'h>(hashes: impl IntoIterator<Item = &'h str>) -> Result<Self, InvalidKey> {
        Ok(Self(hashes.into_iter().map(|hash| parse(hash.trim()).ok_or(InvalidKey)).collect::<Result<_, _>>()?))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The hash of a key, as it is configured.
    pub fn hash(key: &str) -> String {
        Sha256::digest(key).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn know(&self, key: &str) -> bool {
        let hash: [u8; 32] = Sha256::digest(key).into();
        // Hashes, compared byte by byte: how long it takes tells nothing of a key.
        self.0.contains(&hash)
    }
}

fn parse(hash: &str) -> Option<[u8; 32]> {
    if hash.len() != 64 {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, place) in bytes.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(hash.get(place..place + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// The API key of a client that writes.
pub(super) struct WriteKey;

impl SecurityScheme for WriteKey {
    type Kind = HttpBearer;
    const SCHEME: HttpBearer = HttpBearer::new();
    const DESCRIPTION: Option<&'static str> = Some("Needed for writing, where API keys are configured.");
}

/// Why someone may not write.
#[errors]
#[derive(Debug)]
pub(super) enum Refused {
    /// An API key is needed.
    #[error(status = 401, "Not authenticated", headers("www-authenticate" = "Bearer"))]
    NoKey,
    #[error(status = 401, "Invalid API key", headers("www-authenticate" = "Bearer"))]
    WrongKey,
    /// Only the machine itself may write.
    #[error(status = 403, "no API keys are configured: only this machine may write")]
    NotLocal,
}

/// Lets those pass who may write: with an API key where any are configured, else from this machine alone.
#[dependency]
pub(super) async fn writer(
    key: Option<Auth<WriteKey>>,
    request: &Request,
    keys: State<ApiKeys>,
) -> Result<(), Refused> {
    if keys.is_empty() {
        let peer = request.remote_addr().as_socket_addr();
        let is_local = peer.is_some_and(|peer| peer.ip().to_canonical().is_loopback());
        return if is_local { Ok(()) } else { Err(Refused::NotLocal) };
    }
    match key {
        Some(key) if keys.know(&key.credentials) => Ok(()),
        Some(_) => Err(Refused::WrongKey),
        None => Err(Refused::NoKey),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_known_by_their_hashes() {
        let hash = ApiKeys::hash("secret");
        let keys = ApiKeys::new([hash.as_str()]).unwrap();
        assert!(keys.know("secret") && !keys.know("Secret") && !keys.know(&hash));
        assert!(ApiKeys::new([]).unwrap().is_empty());
        for wrong in ["", "secret", &hash[1..], &format!("{hash}0"), &hash.replace(&hash[..1], "g")] {
            assert!(ApiKeys::new([wrong]).is_err(), "{wrong}");
        }
    }
}
