use std::{
    fmt, io,
    net::{SocketAddr, TcpListener},
};

use poem::{
    http::uri::Scheme,
    listener::{Acceptor, Listener},
    web::{LocalAddr, RemoteAddr},
};
use tokio::net::{TcpSocket, TcpStream, lookup_host};

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 1024;

/// A TCP address to listen on. Unlike poem's, its connections send small answers at once (`TCP_NODELAY`).
///
/// ```
/// use versify::server::Tcp;
///
/// let anywhere = Tcp::bind("0.0.0.0:8000");
/// ```
#[derive(Debug)]
pub struct Tcp(Source);

#[derive(Debug)]
enum Source {
    Name(String),
    Addresses(Vec<SocketAddr>),
    Bound(TcpListener),
}

impl Tcp {
    /// Listens on `host:port`; an IPv6 address stands in brackets. Port 0 takes a free one. Of a name's addresses the
    /// first is taken that can be.
    pub fn bind(address: impl Into<String>) -> Self {
        Self(Source::Name(address.into()))
    }

    /// Listens on the first of these addresses that can be taken.
    pub fn bind_first(addresses: impl IntoIterator<Item = SocketAddr>) -> Self {
        Self(Source::Addresses(addresses.into_iter().collect()))
    }

    /// Takes over a listening socket, as from systemd.
    pub fn from_std(listener: TcpListener) -> Self {
        Self(Source::Bound(listener))
    }
}

impl Listener for Tcp {
    type Acceptor = TcpAcceptor;

    /// # Errors
    /// The address is taken, forbidden (ports below 1024), or none; the message names it.
    async fn into_acceptor(self) -> io::Result<TcpAcceptor> {
        let listener = match self.0 {
            Source::Name(name) => match lookup_host(&name).await {
                Ok(addresses) => listen_on_first(addresses.collect(), &name)?,
                Err(error) => return Err(cannot_listen(&name, &error)),
            },
            Source::Addresses(addresses) => listen_on_first(addresses, "no address")?,
            Source::Bound(listener) => {
                listener.set_nonblocking(true)?;
                tokio::net::TcpListener::from_std(listener)?
            }
        };
        let local_addr = LocalAddr(listener.local_addr()?.into());
        Ok(TcpAcceptor { listener, local_addr })
    }
}

fn listen_on_first(addresses: Vec<SocketAddr>, name: &str) -> io::Result<tokio::net::TcpListener> {
    let mut failed = None;
    for address in addresses {
        match listen(address) {
            Ok(listener) => return Ok(listener),
            Err(error) => failed = failed.or(Some(cannot_listen(&address, &error))),
        }
    }
    Err(failed.unwrap_or_else(|| cannot_listen(&name, &io::ErrorKind::AddrNotAvailable.into())))
}

fn listen(address: SocketAddr) -> io::Result<tokio::net::TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // So that a restart need not wait for old connections. On Windows it would let two programs share the port.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

fn cannot_listen(address: &dyn fmt::Display, error: &io::Error) -> io::Error {
    let reason = match error.kind() {
        io::ErrorKind::AddrInUse => format!("cannot listen on {address}: another program does"),
        _ => format!("cannot listen on {address}: {error}"),
    };
    io::Error::new(error.kind(), reason)
}

/// Accepts the connections of a [`Tcp`].
#[derive(Debug)]
pub struct TcpAcceptor {
    listener: tokio::net::TcpListener,
    local_addr: LocalAddr,
}

impl Acceptor for TcpAcceptor {
    type Io = TcpStream;

    fn local_addr(&self) -> Vec<LocalAddr> {
        vec![self.local_addr.clone()]
    }

    async fn accept(&mut self) -> io::Result<(TcpStream, LocalAddr, RemoteAddr, Scheme)> {
        let (stream, peer) = self.listener.accept().await?;
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "no TCP_NODELAY");
        }
        Ok((stream, self.local_addr.clone(), RemoteAddr(peer.into()), Scheme::HTTP))
    }
}
