use versify::prelude::*;

#[get]
async fn index() {}

fn main() {}
