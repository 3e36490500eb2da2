//! STUB
use std::{future::Future, io, sync::Arc};
use poem::listener::{Acceptor, Listener, TcpListener, TcpAcceptor};
/// x
#[derive(Debug, Clone, Default)]
pub struct Options {}
/// x
pub struct Tcp(String);
impl Tcp { /// x
 pub fn bind(a: &str) -> Self { Self(a.to_owned()) } }
impl Listener for Tcp { type Acceptor = TcpAcceptor; async fn into_acceptor(self) -> io::Result<TcpAcceptor> { TcpListener::bind(self.0).into_acceptor().await } }
pub(crate) async fn run<A: Acceptor + 'static, E: poem::Endpoint + 'static>(a: A, e: Arc<E>, _o: Options, s: impl Future<Output = ()>) -> io::Result<()> {
 poem::Server::new_with_acceptor(a).run_with_graceful_shutdown(e, s, None).await }
pub(crate) async fn signals() { let _ = tokio::signal::ctrl_c().await; }
