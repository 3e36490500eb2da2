use versify::prelude::*;

#[model]
#[serde(rename_all = "camelCase")]
struct Item {
    name: String,
}

fn main() {}
