use versify::prelude::*;

#[model]
struct Point(f64, f64);

fn main() {}
