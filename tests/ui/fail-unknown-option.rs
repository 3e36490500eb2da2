use versify::prelude::*;

#[get("/", tag = ["items"])]
async fn index() {}

fn main() {}
