use versify::prelude::*;

#[get("/")]
async fn index(#[query(ge = 5, le = 3)] n: u32) -> u32 {
    n
}

fn main() {}
