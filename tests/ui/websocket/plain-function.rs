use versify::prelude::*;

#[websocket("/ws")]
fn talk(socket: WebSocket) -> Result<()> {
    drop(socket);
    Ok(())
}

fn main() {}
