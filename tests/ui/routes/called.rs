use versify::prelude::*;

#[get("/")]
async fn index() {}

fn app() -> App {
    App::new("", "").routes(routes![index()])
}

fn main() {}
