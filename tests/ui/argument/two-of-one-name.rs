use versify::prelude::*;

#[get("/")]
async fn index(#[query(alias = "q")] a: String, #[query(alias = "q")] b: String) -> String {
    a + &b
}

fn main() {}
