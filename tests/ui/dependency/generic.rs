use versify::prelude::*;

#[dependency]
async fn user<T>() -> u32 {
    1
}

fn main() {}
