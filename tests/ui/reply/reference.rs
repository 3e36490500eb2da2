use versify::prelude::*;

#[get("/")]
async fn read(q: String) -> &'static u32 {
    drop(q);
    &1
}

fn main() {}
