use versify::prelude::*;

struct Plain;

#[get("/items")]
async fn list(#[query(default = Plain)] filter: Plain) -> Vec<String> {
    vec![]
}

fn main() {}
