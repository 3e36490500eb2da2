use std::{
    future::poll_fn,
    io::{self, IoSlice},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use bytes::{Buf, Bytes};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::watch::Watch;

/// How an HTTP/2 connection begins.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// A connection's bytes, with those given back that were read to find out the protocol.
pub(super) struct Transport<T> {
    inner: T,
    unread: Bytes,
    end: bool,
    watch: Arc<Watch>,
}

impl<T: AsyncRead + Unpin> Transport<T> {
    pub(super) fn new(inner: T, watch: Arc<Watch>) -> Self {
        Self { inner, unread: Bytes::new(), end: false, watch }
    }

    /// Whether the client has closed its side.
    pub(super) fn ended(&self) -> bool {
        self.end
    }

    /// Whether the client speaks HTTP/2: with prior knowledge, or as agreed in the TLS handshake.
    ///
    /// The bytes looked at are read once more afterwards. Cancelling it loses bytes.
    pub(super) async fn is_http2(&mut self) -> io::Result<bool> {
        // Room for most requests: they take no further read.
        let mut start = [0; 2048];
        let mut filled = ReadBuf::new(&mut start);
        let http2 = loop {
            let before = filled.filled().len();
            poll_fn(|cx| Pin::new(&mut self.inner).poll_read(cx, &mut filled)).await?;
            let bytes = filled.filled();
            if bytes.starts_with(PREFACE) {
                break true;
            }
            if bytes.len() == before || !PREFACE.starts_with(bytes) {
                break false;
            }
        };
        self.unread = Bytes::copy_from_slice(filled.filled());
        Ok(http2)
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Transport<T> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if !this.unread.is_empty() {
            let length = this.unread.len().min(buf.remaining());
            buf.put_slice(&this.unread.split_to(length));
            if !this.unread.has_remaining() {
                this.unread = Bytes::new();
            }
            return Poll::Ready(Ok(()));
        }
        let before = buf.filled().len();
        ready!(Pin::new(&mut this.inner).poll_read(cx, buf))?;
        if buf.filled().len() == before {
            this.end = buf.remaining() > 0;
        } else {
            this.watch.read();
        }
        Poll::Ready(Ok(()))
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Transport<T> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.inner).poll_write(cx, bytes))?;
        self.watch.wrote();
        Poll::Ready(Ok(written))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.inner).poll_write_vectored(cx, slices))?;
        self.watch.wrote();
        Poll::Ready(Ok(written))
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}
