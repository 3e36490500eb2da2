use versify::prelude::*;

#[dependency("/users")]
async fn user() -> u32 {
    1
}

fn main() {}
