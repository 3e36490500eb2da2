use versify::prelude::*;

#[websocket("/ws")]
async fn talk(mut socket: WebSocket) -> Result<String> {
    Ok(socket.receive_text().await?)
}

fn main() {}
