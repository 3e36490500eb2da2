use versify::prelude::*;

#[get("/items/{id}/{id2}")]
async fn read(id: u32) -> u32 {
    id
}

fn main() {}
