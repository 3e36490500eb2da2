use std::rc::Rc;

use versify::prelude::*;

#[dependency]
async fn session() -> Rc<u64> {
    Rc::new(1)
}

#[get("/me")]
async fn me(session: Depends<session>) -> u64 {
    **session
}

fn main() {}
