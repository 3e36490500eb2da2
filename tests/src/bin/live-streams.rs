//! Bodies of any size, events and messages: for tests that look at the process from outside, and for one in a browser.

use tokio::sync::broadcast;
use versify::{BodyStream, ByteStream, Bytes, prelude::*};

/// What arrives, as it arrives.
struct Uploads(broadcast::Sender<Progress>);

/// How much of an upload has arrived.
#[model]
#[derive(Clone)]
struct Progress {
    bytes: u64,
    done: bool,
}

/// Zeros, as many as are wanted.
#[get("/download/{bytes}")]
async fn download(bytes: u64) -> ByteStream<impl Stream<Item = Bytes>> {
    static ZEROS: [u8; 64 << 10] = [0; 64 << 10];
    ByteStream::new(stream! {
        let mut left = bytes;
        while left > 0 {
            let piece = ZEROS.get(..usize::try_from(left).unwrap_or(usize::MAX)).unwrap_or(&ZEROS);
            left -= piece.len() as u64;
            yield Bytes::from_static(piece);
        }
    })
}

/// Counts what is sent, and says so to all who follow.
#[post("/upload", body_limit = 4 * 1024 * 1024 * 1024_u64)]
async fn upload(mut body: BodyStream, uploads: State<Uploads>) -> Result<u64> {
    let mut bytes = 0;
    while let Some(piece) = body.next().await? {
        bytes += piece.len() as u64;
        let _ = uploads.0.send(Progress { bytes, done: false });
    }
    let _ = uploads.0.send(Progress { bytes, done: true });
    Ok(bytes)
}

/// How uploads go on.
#[get("/uploads")]
async fn follow(uploads: State<Uploads>) -> Events<impl Stream<Item = Event<Progress>>> {
    let mut arriving = uploads.0.subscribe();
    Events::new(stream! {
        yield Event::comment("ready");
        loop {
            match arriving.recv().await {
                Ok(progress) => yield Event::data(progress).event("progress"),
                // Whoever is slow misses some.
                Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => return,
            }
        }
    })
}

/// Says everything again, louder.
#[websocket("/shout")]
async fn shout(mut socket: WebSocket) -> Result<()> {
    loop {
        let text = socket.receive_text().await?;
        socket.send_text(text.to_uppercase()).await?;
    }
}

/// The page that does all of this.
#[get("/", include_in_schema = false)]
async fn page() -> poem::Response {
    poem::Response::builder().content_type("text/html; charset=utf-8").body(include_str!("large-bodies/page.html"))
}

#[tokio::main]
async fn main() -> Result<(), versify::StartError> {
    App::new("Large bodies", "1.0.0")
        .state(Uploads(broadcast::channel(64).0))
        .routes(routes![download, upload, follow, shout, page])
        .serve()
        .await
}
