use std::collections::BTreeMap;

use versify::prelude::*;

#[post("/")]
async fn paint(cells: BTreeMap<(u8, u8), String>) {
    drop(cells);
}

fn main() {}
