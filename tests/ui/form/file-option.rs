use versify::{UploadFile, prelude::*};

#[post("/files")]
async fn create(#[file(alais = "upload")] file: UploadFile) {
    let _ = file;
}

fn main() {}
