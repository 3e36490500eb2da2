use versify::prelude::*;

#[get("/")]
async fn index() -> &'static str {
    "Hello"
}

fn main() {
    let _ = App::new("Shop").routes(routes![index]);
}
