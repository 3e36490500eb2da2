use versify::prelude::*;

#[get("/items")]
async fn list(q: Option<&str>) -> Vec<String> {
    vec![]
}

fn main() {}
