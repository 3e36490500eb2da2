use versify::prelude::*;

struct User;

#[get("/me")]
async fn me(_user: Auth<User>) -> u64 {
    1
}

fn main() {}
