use versify::prelude::*;

#[websocket("/ws")]
async fn chat(socket: WebSocket) -> String {
    drop(socket);
    "bye".to_owned()
}

fn main() {}
