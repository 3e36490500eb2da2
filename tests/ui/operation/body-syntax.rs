use versify::prelude::*;

#[get("/")]
async fn index() -> u32 {
    let n = ;
    n
}

fn main() {}
