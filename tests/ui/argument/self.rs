use versify::prelude::*;

#[get("/")]
async fn index(self) {}

fn main() {}
