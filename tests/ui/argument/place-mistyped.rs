use versify::prelude::*;

#[get("/")]
async fn index(#[qery] q: String) -> String {
    q
}

fn main() {}
