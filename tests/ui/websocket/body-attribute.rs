use versify::prelude::*;

#[websocket("/ws")]
async fn talk(#[body] name: String, #[form] token: String, mut socket: WebSocket) -> Result<()> {
    Ok(socket.send_text(name + &token).await?)
}

fn main() {}
