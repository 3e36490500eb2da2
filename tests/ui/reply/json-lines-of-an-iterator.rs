use std::vec::IntoIter;

use versify::prelude::*;

#[get("/numbers")]
async fn list() -> JsonLines<IntoIter<u32>> {
    JsonLines::new(vec![1].into_iter())
}

fn main() {}
