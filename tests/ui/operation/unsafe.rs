use versify::prelude::*;

#[get("/")]
async unsafe fn index() {}

fn main() {}
