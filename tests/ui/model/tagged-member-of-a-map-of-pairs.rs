use std::collections::HashMap;

use versify::prelude::*;

#[model(tag = "kind")]
enum Cells {
    One { value: u8 },
    Many(HashMap<(u8, u8), String>),
}

fn main() {}
