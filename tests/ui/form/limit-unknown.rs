use versify::prelude::*;

#[post("/items", form_limits(max_field = 5))]
async fn create(#[form] token: String) {
    let _ = token;
}

fn main() {}
