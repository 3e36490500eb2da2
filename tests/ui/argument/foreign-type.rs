use std::net::TcpStream;

use versify::prelude::*;

#[get("/")]
async fn read(stream: TcpStream) {
    drop(stream);
}

fn main() {}
