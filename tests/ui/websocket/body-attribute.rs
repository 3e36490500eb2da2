use versify::prelude::*;

#[websocket("/ws")]
async fn talk(#[body] name: String, mut socket: WebSocket) -> Result<()> {
    Ok(socket.send_text(name).await?)
}

fn main() {}
