use versify::prelude::*;

struct Session;

#[dependency(fallible)]
async fn session() -> Session {
    Session
}

#[get("/me")]
async fn me(_session: Depends<session>) -> u64 {
    1
}

fn main() {}
