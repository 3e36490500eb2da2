use versify::prelude::*;

#[get("/")]
mod index {}

fn main() {}
