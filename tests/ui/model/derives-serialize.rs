use versify::prelude::*;

#[model]
#[derive(Debug, serde::Serialize)]
struct Item {
    name: String,
}

fn main() {}
