use std::collections::BTreeMap;

use versify::prelude::*;

#[model]
struct Cells(BTreeMap<(u8, u8), String>);

fn main() {}
