use std::rc::Rc;

use versify::prelude::*;

#[get("/")]
async fn index() -> u32 {
    let shared = Rc::new(1);
    tokio::task::yield_now().await;
    *shared
}

fn main() {}
