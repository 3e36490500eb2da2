use versify::prelude::*;

#[dependency]
struct User;

fn main() {}
