use versify::prelude::*;

#[model]
struct Item {
    name: String,
}

#[websocket("/ws")]
async fn talk(item: Item, mut socket: WebSocket) -> Result<()> {
    Ok(socket.send_text(item.name).await?)
}

fn main() {}
