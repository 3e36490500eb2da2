use versify::prelude::*;

#[get("/me")]
async fn me(_token: Auth<String>) -> u64 {
    1
}

fn main() {}
