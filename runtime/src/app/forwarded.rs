//! [`Forwarded`]: who is calling, and how, when a proxy stands between.

use std::net::{IpAddr, SocketAddr};

use poem::{Addr, Request, http::uri::Scheme};

use crate::{
    decode::Field,
    operation::{Argument, Call, Description},
};

/// The proxies whose `X-Forwarded-…` headers are believed: by default those on this machine, as with uvicorn.
///
/// ```
/// use versify::{App, TrustedProxies};
///
/// let behind_a_balancer = App::new("Shop", "1.0.0").trusted_proxies(TrustedProxies::of(["10.0.0.7".parse().unwrap()]));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedProxies(Trust);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Trust {
    Loopback,
    All,
    Listed(Vec<IpAddr>),
}

impl Default for TrustedProxies {
    fn default() -> Self {
        Self(Trust::Loopback)
    }
}

impl TrustedProxies {
    /// Those at these addresses; none, if there are none.
    #[must_use]
    pub fn of(addresses: impl IntoIterator<Item = IpAddr>) -> Self {
        Self(Trust::Listed(addresses.into_iter().collect()))
    }

    /// Whoever connects: for an app that nobody but its proxy can reach.
    #[must_use]
    pub const fn all() -> Self {
        Self(Trust::All)
    }

    fn trusts(&self, address: &Addr) -> bool {
        let ip = match address {
            Addr::SocketAddr(address) => Some(address.ip()),
            _ => None,
        };
        match (&self.0, ip) {
            (Trust::All, _) => true,
            (Trust::Loopback, Some(ip)) => ip.is_loopback(),
            (Trust::Listed(known), Some(ip)) => known.contains(&ip),
            (_, None) => false,
        }
    }

    /// Believes the headers of a request that comes from a trusted proxy.
    #[inline]
    pub(super) fn believe(&self, request: &mut Request) {
        // To look at the few names is cheaper than to hash two that are mostly not there.
        if request.headers().keys().any(|name| name.as_str().starts_with("x-forwarded-")) {
            self.read(request);
        }
    }

    #[cold]
    fn read(&self, request: &mut Request) {
        if !self.trusts(&request.remote_addr().0) {
            return;
        }
        // Each proxy adds itself behind the others: the first one that is not trusted is the client.
        let scheme = request.header("x-forwarded-proto").map(str::trim);
        let scheme = scheme.and_then(|scheme| match scheme {
            "https" | "wss" => Some(Scheme::HTTPS),
            "http" | "ws" => Some(Scheme::HTTP),
            _ => None,
        });
        let hops = request.headers().get_all("x-forwarded-for").iter().filter_map(|header| header.to_str().ok());
        let hops: Vec<IpAddr> = hops.flat_map(|header| header.split(',')).filter_map(ip).collect();
        let trusted = |hop: &&IpAddr| self.trusts(&Addr::SocketAddr(SocketAddr::new(**hop, 0)));
        let client = hops.iter().rev().find(|hop| !trusted(hop)).or(hops.first()).copied();
        request.set_data(Believed { scheme, client });
    }
}

/// An address, with or without a port.
fn ip(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    text.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

/// What a trusted proxy said.
#[derive(Debug, Clone)]
struct Believed {
    scheme: Option<Scheme>,
    client: Option<IpAddr>,
}

/// How the client sees the app: an argument of an operation. Behind a trusted proxy
/// ([`App::trusted_proxies`](super::App::trusted_proxies)) it is what `X-Forwarded-Proto` and `X-Forwarded-For` say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forwarded {
    /// `http` or `https`.
    pub scheme: Scheme,
    /// The client's address; `None` for a Unix socket, and in tests.
    pub client: Option<IpAddr>,
}

impl Forwarded {
    /// Of a request.
    #[must_use]
    pub fn of(request: &Request) -> Self {
        let believed = request.data::<Believed>();
        let scheme = believed.and_then(|believed| believed.scheme.clone()).unwrap_or_else(|| request.scheme().clone());
        let client = believed.and_then(|believed| believed.client).or_else(|| match &request.remote_addr().0 {
            Addr::SocketAddr(address) => Some(address.ip()),
            _ => None,
        });
        Self { scheme, client }
    }
}

impl Argument for Forwarded {
    fn describe(_: &Field<Self>, _: &mut Description<'_>) {}

    fn prepare(_: &Field<Self>, call: &mut Call) -> Option<Self> {
        Some(Self::of(call.request()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// It comes from nowhere: poem lets nobody but a connection say from where.
    fn request(headers: &[(&str, &str)]) -> Request {
        headers.iter().fold(Request::builder(), |request, (name, value)| request.header(*name, *value)).finish()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        let headers = [("x-forwarded-proto", "https"), ("x-forwarded-for", "1.2.3.4, 10.0.0.7")];
        let mut untrusted = request(&headers);
        TrustedProxies::default().believe(&mut untrusted);
        assert_eq!(Forwarded::of(&untrusted).scheme, Scheme::HTTP);
        let mut trusted = request(&headers);
        TrustedProxies::all().believe(&mut trusted);
        let seen = Forwarded::of(&trusted);
        assert_eq!(seen, Forwarded { scheme: Scheme::HTTPS, client: Some([1, 2, 3, 4].into()) });
    }

    #[test]
    fn the_last_hop_that_is_not_trusted_is_the_client() {
        let proxies = TrustedProxies::of([[10, 0, 0, 7].into(), [127, 0, 0, 1].into()]);
        assert!(proxies.trusts(&Addr::SocketAddr("10.0.0.7:80".parse().unwrap())));
        assert!(!proxies.trusts(&Addr::SocketAddr("10.0.0.8:80".parse().unwrap())));
        assert!(TrustedProxies::default().trusts(&Addr::SocketAddr("[::1]:80".parse().unwrap())));
    }
}
