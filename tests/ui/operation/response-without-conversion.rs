use versify::prelude::*;

#[model]
struct User {
    name: String,
    password: String,
}

#[model]
struct PublicUser {
    name: String,
}

#[get("/users", response = Vec<PublicUser>)]
async fn list() -> Vec<User> {
    vec![]
}

fn main() {}
