//! Serving an [`App`]: address, log, and the end.

use std::{io, sync::Arc};

use poem::listener::{Acceptor, Listener};
use tokio::io::{AsyncRead, AsyncWrite};

use super::{App, Service, StartError, StartFault};
use crate::{
    observe::{Format, log_to_stderr},
    openapi::SourceLocation,
    server::{self, Options, Tcp},
};

/// Where and how an app is served.
#[derive(Debug, Clone, Default)]
pub struct ServeOptions {
    pub(super) host: Option<String>,
    pub(super) port: Option<u16>,
    /// Where the address was given.
    pub(super) at: Option<SourceLocation>,
    options: Options,
}

impl App {
    /// The port to listen on; 0 takes a free one. By default the environment's `PORT`, else 8000.
    #[track_caller]
    pub fn port(mut self, port: u16) -> Self {
        self.serving.at = Some(SourceLocation::caller());
        self.serving.port = Some(port);
        self
    }

    /// Time limits of connections and of the shutdown.
    pub fn server_options(mut self, options: Options) -> Self {
        self.serving.options = options;
        self
    }

    /// Serves until SIGINT or SIGTERM; then running requests finish (see [`Options`]).
    ///
    /// It logs where it listens and where the documentation is. If the program has not set up a `tracing` subscriber,
    /// logs go to stderr, as much as `RUST_LOG` asks for (`info` by default), and as `VERSIFY_LOG_FORMAT` says: `text`, or
    /// `json` for an object on each line.
    ///
    /// A socket that the process was started with (`LISTEN_FDS`, as systemd and `systemfd` hand it over) is listened on in
    /// place of the address: it stays open while the program is built anew, and no request is refused.
    ///
    /// # Errors
    /// [`StartError`]: what [`App::build`] finds, a wrong `PORT` or `VERSIFY_LOG_FORMAT`, an address that is taken.
    #[doc(alias = "run")]
    #[doc(alias = "listen")]
    pub async fn serve(self) -> Result<(), StartError> {
        let port = match (self.serving.port, std::env::var("PORT")) {
            (Some(port), _) => port,
            (None, Err(_)) => 8000,
            (None, Ok(text)) => text.parse().map_err(|_| StartFault::Setting {
                name: "PORT".into(),
                reason: format!("`{text}` is no port; write a number from 0 to 65535"),
                at: self.made_at,
            })?,
        };
        let host = self.serving.host.clone().or_else(|| std::env::var("HOST").ok());
        let host = host.unwrap_or_else(|| "127.0.0.1".to_owned());
        // An IPv6 address stands in brackets before a port.
        let bare = host.contains(':') && !host.starts_with('[');
        let address = if bare { format!("[{host}]:{port}") } else { format!("{host}:{port}") };
        match inherited() {
            Ok(None) => self.serve_at(Tcp::bind(&address), &address, "http://").await,
            Ok(Some(listener)) => self.serve_at(Tcp::from_std(listener), "the socket of `LISTEN_FDS`", "http://").await,
            Err(source) => {
                let address = "the socket of `LISTEN_FDS`".to_owned();
                Err(StartFault::Listen { address, source, at: self.made_at }.into())
            }
        }
    }

    pub(super) async fn serve_at<L: Listener<Acceptor: 'static>>(
        self,
        listener: L,
        address: &str,
        scheme: &str,
    ) -> Result<(), StartError> {
        let (made_at, at) = (self.made_at, self.serving.at.unwrap_or(self.made_at));
        let format = Format::from_environment();
        let fault = |reason| StartFault::Setting { name: "VERSIFY_LOG_FORMAT".into(), reason, at: made_at };
        log_to_stderr(format.map_err(fault)?);
        let options = self.serving.options.clone();
        let grace = options.grace;
        let pages = self.pages();
        let started = self.start().await?;
        let service = started.service().clone();
        let served = async {
            let acceptor = listener.into_acceptor().await?;
            for local in acceptor.local_addr() {
                let url = url(&local.to_string(), scheme);
                tracing::info!(target: "versify", "listening on {url}");
                for (name, path) in &pages {
                    tracing::info!(target: "versify", "{name} at {url}{path}");
                }
            }
            server::run(acceptor, Arc::new(service), options, server::signals()).await
        };
        let served: Result<(), io::Error> = served.await;
        if tokio::time::timeout(grace, started.stop()).await.is_err() {
            tracing::warn!(target: "versify", "background tasks were cut off: the grace period is over");
        }
        served.map_err(|source| StartFault::Listen { address: address.to_owned(), source, at }.into())
    }

    fn pages(&self) -> Vec<(&'static str, String)> {
        let pages =
            [("documentation", &self.docs_url), ("ReDoc", &self.redoc_url), ("OpenAPI document", &self.openapi_url)];
        pages.into_iter().filter_map(|(name, path)| Some((name, path.clone()?))).collect()
    }
}

impl Service {
    /// Serves one connection that is there already, until it ends: an in-memory one for tests of WebSockets, say.
    ///
    /// ```
    /// use versify::prelude::*;
    /// use tokio::io::{AsyncReadExt, AsyncWriteExt};
    ///
    /// #[get("/")]
    /// async fn index() -> &'static str {
    ///     "hello"
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let service = App::new("Greetings", "1.0.0").routes(routes![index]).build()?;
    /// let (mut client, server) = tokio::io::duplex(1024);
    /// tokio::spawn(async move { service.serve_connection(server).await });
    /// client.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await?;
    /// let mut answer = String::new();
    /// client.read_to_string(&mut answer).await?;
    /// assert!(answer.ends_with("\"hello\""));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn serve_connection<Io: AsyncRead + AsyncWrite + Send + Unpin + 'static>(&self, io: Io) {
        server::run_one(io, Arc::new(self.clone())).await;
    }
}

/// The socket that whoever started the process keeps open.
fn inherited() -> io::Result<Option<std::net::TcpListener>> {
    listenfd::ListenFd::from_env().take_tcp_listener(0)
}

/// `socket://127.0.0.1:8000`, as poem writes it, as a browser takes it; without a scheme where that is not known.
fn url(local: &str, scheme: &str) -> String {
    match local.strip_prefix("socket://") {
        Some(address) => format!("{scheme}{address}"),
        None => local.to_owned(),
    }
}
