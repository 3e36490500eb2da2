use versify::prelude::*;

#[dependency(scope = "app")]
async fn user() -> u32 {
    1
}

fn main() {}
