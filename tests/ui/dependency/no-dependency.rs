use versify::prelude::*;

async fn user() -> u32 {
    1
}

#[get("/")]
async fn index(user: Depends<user>) -> u32 {
    *user
}

fn main() {}
