use versify::prelude::*;

struct Db;

#[dependency]
async fn db() -> Db {
    Db
}

#[get("/")]
async fn index(db: Db) -> u32 {
    drop(db);
    1
}

fn main() {}
