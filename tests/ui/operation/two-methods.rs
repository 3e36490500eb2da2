use versify::prelude::*;

#[get("/")]
#[post("/")]
async fn index() {}

fn main() {}
