use versify::prelude::*;

#[post("/files")]
async fn create(#[file] file: String) {
    let _ = file;
}

fn main() {}
