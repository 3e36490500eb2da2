use std::collections::BTreeMap;

use versify::prelude::*;

#[get("/")]
async fn cells() -> BTreeMap<(u8, u8), String> {
    BTreeMap::new()
}

fn main() {}
