use versify::prelude::*;

#[get("/")]
async fn read() -> impl ToString {
    1
}

fn main() {}
