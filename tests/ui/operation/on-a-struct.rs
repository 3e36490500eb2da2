use versify::prelude::*;

#[get("/")]
struct Index;

fn main() {}
