use versify::prelude::*;

#[get("/", exclude_unset)]
async fn index() {}

fn main() {}
