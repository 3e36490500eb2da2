use versify::prelude::*;

#[post("/", data = "<item>")]
async fn index() {}

fn main() {}
