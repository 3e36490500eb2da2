use versify::prelude::*;

#[dependency]
async fn current_user(#[header] token: Option<String>) -> Option<String> {
    token
}

#[get("/")]
async fn index(user: Option<Depends<current_user>>) -> String {
    match user {
        Some(user) => format!("hello {:?}", *user),
        None => "hello".to_owned(),
    }
}

fn main() {}
