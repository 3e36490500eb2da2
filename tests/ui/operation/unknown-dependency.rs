use versify::prelude::*;

#[get("/", dependencies = [current_user])]
async fn index() {}

fn main() {}
