use versify::{UploadFile, prelude::*};

#[websocket("/ws")]
async fn talk(file: UploadFile, mut socket: WebSocket) -> Result<()> {
    Ok(socket.send_text(file.file_name()).await?)
}

fn main() {}
