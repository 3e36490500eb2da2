use versify::prelude::*;

#[websocket("/ws", status = 201)]
async fn talk(mut socket: WebSocket) -> Result<()> {
    Ok(socket.accept().await?)
}

fn main() {}
