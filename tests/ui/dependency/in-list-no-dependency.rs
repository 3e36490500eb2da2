use versify::prelude::*;

async fn user() -> u32 {
    1
}

#[get("/", dependencies = [user])]
async fn index() {}

fn main() {}
