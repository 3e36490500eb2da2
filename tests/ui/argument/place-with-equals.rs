use versify::prelude::*;

#[get("/")]
async fn index(#[query = "q"] q: String) -> String {
    q
}

fn main() {}
