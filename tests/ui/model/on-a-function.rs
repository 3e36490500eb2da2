use versify::prelude::*;

#[model]
fn item() {}

fn main() {}
