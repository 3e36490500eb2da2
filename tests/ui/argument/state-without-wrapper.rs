use std::sync::Arc;

use versify::prelude::*;

struct Store;

#[get("/")]
async fn read(store: Arc<Store>) {
    drop(store);
}

fn main() {}
