use versify::prelude::*;

#[websocket("/ws")]
async fn talk(#[form] token: String, mut socket: WebSocket) -> Result<()> {
    Ok(socket.send_text(token).await?)
}

fn main() {}
