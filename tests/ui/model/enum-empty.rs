use versify::prelude::*;

#[model]
enum Kind {}

fn main() {}
