use versify::prelude::*;

#[get("/items/:id")]
async fn read(id: u32) -> u32 {
    id
}

fn main() {}
