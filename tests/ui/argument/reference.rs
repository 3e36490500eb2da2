use versify::prelude::*;

#[get("/")]
async fn index(q: &str) -> String {
    q.to_owned()
}

fn main() {}
