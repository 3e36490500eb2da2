use versify::prelude::*;

struct Compress;

#[get("/", layers = [Compress])]
async fn index() {}

fn main() {}
