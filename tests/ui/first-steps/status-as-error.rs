use versify::{poem::http::StatusCode, prelude::*};

#[get("/items/{id}")]
async fn read_item(id: u64) -> std::result::Result<String, StatusCode> {
    if id == 0 { Err(StatusCode::NOT_FOUND) } else { Ok("Foo".to_owned()) }
}

fn main() {}
