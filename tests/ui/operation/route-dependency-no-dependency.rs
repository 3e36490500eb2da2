use versify::prelude::*;

#[get("/token")]
async fn token() {}

#[get("/", dependencies = [token])]
async fn index() {}

fn main() {}
