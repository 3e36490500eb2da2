use std::collections::HashMap;

use versify::prelude::*;

#[get("/")]
async fn cells() -> Result<HashMap<(u8, u8), String>> {
    Ok(HashMap::new())
}

fn main() {}
