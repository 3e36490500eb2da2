use versify::prelude::*;

#[get("/")]
async fn index(#[query(default = "abcdef", max_length = 3)] q: String) -> String {
    q
}

fn main() {}
