use versify::prelude::*;

#[get("/")]
async fn index<T>(q: Option<String>) -> Option<String> {
    q
}

fn main() {}
