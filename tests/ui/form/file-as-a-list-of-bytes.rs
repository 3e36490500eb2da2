use versify::prelude::*;

#[post("/files")]
async fn store(#[file] file: Vec<u8>) -> usize {
    file.len()
}

fn main() {}
