use versify::prelude::*;

#[get("/")]
async fn read() -> std::result::Result<u32, String> {
    Err("no".to_owned())
}

fn main() {}
