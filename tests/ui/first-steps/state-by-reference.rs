use versify::prelude::*;

struct Db;

#[get("/")]
async fn index(db: &State<Db>) -> u32 {
    drop(db);
    1
}

fn main() {}
