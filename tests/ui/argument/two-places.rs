use versify::prelude::*;

#[get("/")]
async fn index(#[query] #[header] q: String) -> String {
    q
}

fn main() {}
