use versify::prelude::*;

#[dependency(max_concurrency = 0)]
async fn user() -> u32 {
    1
}

fn main() {}
