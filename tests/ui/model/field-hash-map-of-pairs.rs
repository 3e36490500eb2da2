use std::collections::HashMap;

use versify::prelude::*;

#[model]
struct Grid {
    cells: HashMap<(u8, u8), String>,
}

fn main() {}
