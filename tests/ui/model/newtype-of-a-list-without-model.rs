use versify::prelude::*;

struct Plain;

#[model]
struct Wrapped(Vec<Plain>);

fn main() {}
