use versify::prelude::*;

#[get("/files/{name:file}")]
async fn read(name: String) -> String {
    name
}

fn main() {}
