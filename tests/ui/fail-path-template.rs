use versify::prelude::*;

#[get("items/{id")]
async fn index(id: u32) -> u32 {
    id
}

fn main() {}
