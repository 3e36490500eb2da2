use versify::prelude::*;

#[dependency(scop = "function")]
async fn user() -> u32 {
    1
}

fn main() {}
