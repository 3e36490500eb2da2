use std::{
    error::Error,
    future::poll_fn,
    pin::{Pin, pin},
    sync::Arc,
    task::Poll,
};

use hyper::server::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use poem::{Endpoint, Response};
use tokio::io::{AsyncRead, AsyncWrite};

use super::{
    Options,
    linger::linger,
    service::{Peer, service},
    transport::Transport,
    watch::{Verdict, Watch},
};

/// How connections are driven, once it is known which protocol the client speaks.
///
/// hyper-util's `auto` would do, but keeps the transport to itself, and [`linger`] needs it.
pub(super) struct Protocols {
    http1: http1::Builder,
    http2: http2::Builder<TokioExecutor>,
}

impl Protocols {
    pub(super) fn new(options: &Options) -> Self {
        let mut http1 = http1::Builder::new();
        http1.header_read_timeout(None).max_header_size(options.max_header_size);
        let mut http2 = http2::Builder::new(TokioExecutor::new());
        http2
            .timer(TokioTimer::new())
            .max_concurrent_streams(options.max_concurrent_streams)
            .max_header_list_size(u32::try_from(options.max_header_size).unwrap_or(u32::MAX))
            .keep_alive_interval(options.http2_ping_interval)
            .keep_alive_timeout(options.http2_ping_timeout);
        Self { http1, http2 }
    }

    /// Serves a connection to its end, or to its upgrade.
    pub(super) async fn serve<T, E>(&self, io: T, peer: Arc<Peer<E>>)
    where
        T: AsyncRead + AsyncWrite + Send + Unpin + 'static,
        E: Endpoint<Output = Response> + 'static,
    {
        let _end = End(Arc::clone(&peer.watch));
        if let Err(error) = self.drive(io, &peer).await {
            tracing::debug!(client = %peer.remote_addr, error = &*error as &dyn Error, "connection failed");
        }
    }

    async fn drive<T, E>(&self, io: T, peer: &Arc<Peer<E>>) -> Result<(), Box<dyn Error + Send + Sync>>
    where
        T: AsyncRead + AsyncWrite + Send + Unpin + 'static,
        E: Endpoint<Output = Response> + 'static,
    {
        let watch = &*peer.watch;
        let mut transport = Transport::new(io, Arc::clone(&peer.watch));
        let http2 = watched(watch, pin!(transport.is_http2()), |_| false).await.transpose()?;
        let service = service(Arc::clone(peer));
        match http2 {
            None => {}
            Some(true) => {
                watch.http2();
                // Boxed: large, and rarer.
                let mut connection = Box::pin(self.http2.serve_connection(TokioIo::new(transport), service));
                watched(watch, connection.as_mut(), |connection| {
                    connection.graceful_shutdown();
                    true
                })
                .await
                .transpose()?;
            }
            Some(false) => {
                let mut connection = self.http1.serve_connection(TokioIo::new(transport), service).with_upgrades();
                let ended = watched(watch, Pin::new(&mut connection), |connection| {
                    connection.graceful_shutdown();
                    true
                })
                .await;
                let refused = matches!(&ended, Some(Err(error)) if error.is_parse());
                if let (Some(_), Some(parts)) = (&ended, connection.into_parts()) {
                    let mut transport = parts.io.into_inner();
                    if !transport.ended() && (watch.body() || refused) {
                        watched(watch, pin!(linger(&mut transport)), |_| true).await;
                    }
                }
                ended.transpose()?;
            }
        }
        Ok(())
    }
}

/// Runs what a connection does until it is cut (`None`). When it is to close, `close` tells it so once, and says whether
/// to wait for its end.
async fn watched<F: Future>(
    watch: &Watch,
    mut future: Pin<&mut F>,
    mut close: impl FnMut(Pin<&mut F>) -> bool,
) -> Option<F::Output> {
    let mut told = false;
    poll_fn(|cx| {
        match watch.poll(cx.waker()) {
            Verdict::Keep => {}
            Verdict::Close if told => {}
            Verdict::Close => {
                told = true;
                if !close(future.as_mut()) {
                    return Poll::Ready(None);
                }
            }
            Verdict::Cut => return Poll::Ready(None),
        }
        future.as_mut().poll(cx).map(Some)
    })
    .await
}

/// Marks a connection as over, also if its task panics.
struct End(Arc<Watch>);

impl Drop for End {
    fn drop(&mut self) {
        if std::thread::panicking() {
            tracing::error!("a connection was lost to a panic");
        }
        self.0.done();
    }
}
