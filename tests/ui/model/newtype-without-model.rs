use versify::prelude::*;

struct Plain;

#[model]
struct Wrapped(Plain);

fn main() {}
