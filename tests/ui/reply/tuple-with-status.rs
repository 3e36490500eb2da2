use versify::prelude::*;
use versify::poem::http::StatusCode;

#[get("/")]
async fn read() -> (StatusCode, String) {
    (StatusCode::OK, String::new())
}

fn main() {}
