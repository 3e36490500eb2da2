use versify::prelude::*;

#[post("/", body_limit = "1 MB")]
async fn create(body: String) -> String {
    body
}

fn main() {}
