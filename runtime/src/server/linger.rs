//! [`Linger`]: a connection that is closed so that its last answer can be read.
//!
//! A request may be answered before its body was read: 413, above all. Closing a socket while data arrive makes the
//! kernel send a reset, and a client that is still writing then never sees the answer. So the write side is closed
//! first, and what still comes is read and thrown away for a while (RFC 9112, section 9.6).
//!
//! It also sends small answers in one piece: to gather head and body in the kernel costs it more than copying them.

use std::{
    future::Future,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep},
};

/// How long to wait for more, each time.
const PAUSE: Duration = Duration::from_millis(500);
/// How long in all.
const TOTAL: Duration = Duration::from_secs(5);

/// Up to how many bytes are copied.
const SMALL: usize = 1024;

pub(super) struct Linger<Io> {
    io: Io,
    state: State,
}

enum State {
    Open,
    /// The client has closed its side: there is nothing to wait for.
    Ended,
    Draining {
        pause: Pin<Box<Sleep>>,
        until: Instant,
    },
}

impl<Io> Linger<Io> {
    pub(super) fn new(io: Io) -> Self {
        Self { io, state: State::Open }
    }
}

/// The slices as one, if there are several and all of them fit.
#[inline]
fn gathered<'s>(slices: &[io::IoSlice<'_>], storage: &'s mut [u8; SMALL]) -> Option<&'s [u8]> {
    if slices.len() < 2 {
        return None;
    }
    let mut len = 0;
    for slice in slices {
        let end = len + slice.len();
        storage.get_mut(len..end)?.copy_from_slice(slice);
        len = end;
    }
    storage.get(..len)
}

impl<Io: AsyncRead + Unpin> AsyncRead for Linger<Io> {
    #[inline]
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = ready!(Pin::new(&mut self.io).poll_read(cx, buffer));
        if buffer.filled().len() == before && buffer.remaining() > 0 {
            self.state = State::Ended;
        }
        Poll::Ready(read)
    }
}

impl<Io: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Linger<Io> {
    #[inline]
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(cx, bytes)
    }

    #[inline]
    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let mut storage = [0; SMALL];
        match gathered(slices, &mut storage) {
            Some(bytes) => Pin::new(&mut self.io).poll_write(cx, bytes),
            None => Pin::new(&mut self.io).poll_write_vectored(cx, slices),
        }
    }

    #[inline]
    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    #[inline]
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if matches!(this.state, State::Open) {
            ready!(Pin::new(&mut this.io).poll_shutdown(cx))?;
            this.state = State::Draining { pause: Box::pin(sleep(PAUSE)), until: Instant::now() + TOTAL };
        }
        let State::Draining { pause, until } = &mut this.state else {
            return Pin::new(&mut this.io).poll_shutdown(cx);
        };
        let mut storage = [0; 4096];
        loop {
            let mut buffer = ReadBuf::new(&mut storage);
            match Pin::new(&mut this.io).poll_read(cx, &mut buffer) {
                Poll::Ready(Ok(())) if !buffer.filled().is_empty() => {
                    pause.as_mut().reset((Instant::now() + PAUSE).min(*until));
                    if Instant::now() >= *until {
                        return Poll::Ready(Ok(()));
                    }
                }
                Poll::Ready(_) => return Poll::Ready(Ok(())),
                Poll::Pending => return pause.as_mut().poll(cx).map(Ok),
            }
        }
    }
}
