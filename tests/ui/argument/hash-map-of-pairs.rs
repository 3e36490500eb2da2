use std::collections::HashMap;

use versify::prelude::*;

#[post("/")]
async fn paint(cells: HashMap<(u8, u8), String>) {
    drop(cells);
}

fn main() {}
