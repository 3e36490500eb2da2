use std::collections::HashMap;

use versify::prelude::*;

#[model(untagged)]
enum Cells {
    One(u64),
    Many(HashMap<(u8, u8), String>),
}

fn main() {}
