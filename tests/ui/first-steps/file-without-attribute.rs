use versify::prelude::*;

#[post("/files")]
async fn upload(file: Vec<u8>, name: &str) -> usize {
    file.len() + name.len()
}

fn main() {}
