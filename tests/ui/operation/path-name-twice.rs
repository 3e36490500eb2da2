use versify::prelude::*;

#[get("/{id}/parts/{id}")]
async fn read(id: u32) -> u32 {
    id
}

fn main() {}
