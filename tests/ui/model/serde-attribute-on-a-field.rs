use versify::prelude::*;

#[model]
struct Item {
    #[serde(rename = "title")]
    name: String,
}

fn main() {}
