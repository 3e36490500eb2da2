use versify::prelude::*;

#[get(items)]
async fn index() {}

fn main() {}
