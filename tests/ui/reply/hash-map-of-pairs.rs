use std::collections::HashMap;

use versify::prelude::*;

#[get("/")]
async fn cells() -> HashMap<(u8, u8), String> {
    HashMap::new()
}

fn main() {}
