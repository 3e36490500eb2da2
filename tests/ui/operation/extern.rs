use versify::prelude::*;

#[get("/")]
extern "C" fn index() {}

fn main() {}
