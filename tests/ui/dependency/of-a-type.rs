use versify::prelude::*;

struct User;

#[get("/")]
async fn index(user: Depends<User>) {
    drop(user);
}

fn main() {}
