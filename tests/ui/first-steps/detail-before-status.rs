use versify::prelude::*;

#[get("/items/{id}")]
async fn read_item(id: u32) -> Result<String> {
    if id == 0 {
        return Err(HttpError::new("No such item", 404));
    }
    Ok("x".to_owned())
}

fn main() {}
