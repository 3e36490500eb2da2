use versify::prelude::*;

#[get("/")]
async fn index<'a>() {}

fn main() {}
