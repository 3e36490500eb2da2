use std::collections::HashMap;

use versify::prelude::*;

#[post("/")]
async fn index(#[body(unique_items)] map: HashMap<String, u32>) {
    drop(map);
}

fn main() {}
