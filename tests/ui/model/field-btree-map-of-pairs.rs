use std::collections::BTreeMap;

use versify::prelude::*;

#[model]
struct Grid {
    cells: BTreeMap<(u8, u8), String>,
}

fn main() {}
