use std::{future::poll_fn, pin::Pin, time::Duration};

use tokio::{
    io::{AsyncRead, ReadBuf},
    time::timeout,
};

/// As nginx's `lingering_time`.
const LONGEST: Duration = Duration::from_secs(30);
/// As Apache's.
const SILENCE: Duration = Duration::from_secs(2);

/// Reads and drops what the client still sends, after our side of the connection is shut down.
///
/// Closing a socket while the client sends makes the system reset the connection: the client's next write fails, and an
/// answer on its way (a 413, mostly) may be lost. A client that does not stop is left after [`LONGEST`].
pub(super) async fn linger<T: AsyncRead + Unpin>(transport: &mut T) {
    let mut bytes = vec![0; 64 * 1024];
    let drain = async {
        while let Ok(Ok(1..)) = timeout(SILENCE, read(transport, &mut bytes)).await {}
    };
    let _ = timeout(LONGEST, drain).await;
}

async fn read<T: AsyncRead + Unpin>(transport: &mut T, bytes: &mut [u8]) -> std::io::Result<usize> {
    let mut buffer = ReadBuf::new(bytes);
    poll_fn(|cx| Pin::new(&mut *transport).poll_read(cx, &mut buffer)).await?;
    Ok(buffer.filled().len())
}
