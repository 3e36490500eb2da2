//! An app that takes bodies of any size: the tests send more than its memory may hold.

use versify::{BodyStream, UploadFile, prelude::*};

const LIMIT: u64 = 4 << 30;

/// Reads an upload piece by piece.
#[post("/upload")]
async fn upload(mut file: UploadFile) -> Result<Value> {
    let mut sum = Sum::default();
    loop {
        let piece = file.read(256 * 1024).await?;
        if piece.is_empty() {
            return Ok(json!({"size": file.size(), "read": sum.bytes, "sum": sum.value}));
        }
        sum.add(&piece);
    }
}

/// Reads a raw body as it arrives.
#[put("/raw")]
async fn raw(mut body: BodyStream) -> Result<Value> {
    let mut sum = Sum::default();
    while let Some(piece) = body.next().await? {
        sum.add(&piece);
    }
    Ok(json!({"read": sum.bytes, "sum": sum.value}))
}

/// What the client can check without keeping what it sent: the sum of one byte in 4,096.
#[derive(Default)]
struct Sum {
    bytes: u64,
    value: u64,
}

impl Sum {
    fn add(&mut self, piece: &[u8]) {
        const EACH: u64 = 4_096;
        let first = (EACH - self.bytes % EACH) % EACH;
        self.value +=
            piece.iter().skip(first as usize).step_by(EACH as usize).map(|byte| u64::from(*byte)).sum::<u64>();
        self.bytes += piece.len() as u64;
    }
}

#[tokio::main]
async fn main() -> std::result::Result<(), versify::StartError> {
    App::new("large-bodies", "1.0").body_limit(LIMIT).routes(routes![upload, raw]).serve().await
}
