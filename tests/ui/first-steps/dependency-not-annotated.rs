use versify::prelude::*;

async fn current_user(#[header] token: String) -> String {
    token
}

#[get("/me")]
async fn read_me(user: Depends<current_user>) -> String {
    user.clone()
}

fn main() {}
