use std::cell::RefCell;

use versify::prelude::*;

#[get("/count")]
async fn count(counter: State<RefCell<u64>>) -> u64 {
    *counter.borrow()
}

fn main() {}
