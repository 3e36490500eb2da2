//! [`Tcp`]: poem's `TcpListener`, with `TCP_NODELAY`.

use std::{io, net::SocketAddr};

use poem::{
    Addr,
    http::uri::Scheme,
    listener::{Acceptor, Listener},
    web::{LocalAddr, RemoteAddr},
};
use tokio::net::{TcpListener, TcpStream};

/// A TCP listener whose connections send at once (`TCP_NODELAY`), which poem 3.1.12's do not.
///
/// Small answers in pieces (streams, server-sent events) would else wait for the client's acknowledgement.
#[derive(Debug)]
pub struct Tcp {
    source: Source,
}

#[derive(Debug)]
enum Source {
    Address(String),
    Bound(std::net::TcpListener),
}

impl Tcp {
    /// A listener on `host:port`; a host name's first address that can be bound is taken.
    pub fn bind(address: impl Into<String>) -> Self {
        Self { source: Source::Address(address.into()) }
    }

    /// A listener that is bound already, by a service manager for instance.
    #[must_use]
    pub fn from_std(listener: std::net::TcpListener) -> Self {
        Self { source: Source::Bound(listener) }
    }
}

impl Listener for Tcp {
    type Acceptor = TcpAcceptor;

    async fn into_acceptor(self) -> io::Result<TcpAcceptor> {
        let listener = match self.source {
            Source::Address(address) => TcpListener::bind(address).await?,
            Source::Bound(listener) => {
                listener.set_nonblocking(true)?;
                TcpListener::from_std(listener)?
            }
        };
        Ok(TcpAcceptor { address: listener.local_addr()?, listener })
    }
}

/// Accepts the connections of a [`Tcp`].
#[derive(Debug)]
pub struct TcpAcceptor {
    listener: TcpListener,
    pub(super) address: SocketAddr,
}

impl Acceptor for TcpAcceptor {
    type Io = TcpStream;

    fn local_addr(&self) -> Vec<LocalAddr> {
        vec![LocalAddr(Addr::SocketAddr(self.address))]
    }

    async fn accept(&mut self) -> io::Result<(TcpStream, LocalAddr, RemoteAddr, Scheme)> {
        let (stream, remote) = self.listener.accept().await?;
        stream.set_nodelay(true)?;
        let local = LocalAddr(Addr::SocketAddr(self.address));
        Ok((stream, local, RemoteAddr(Addr::SocketAddr(remote)), Scheme::HTTP))
    }
}
