use versify::prelude::*;

#[get("/", statos = 201)]
async fn index() {}

fn app() -> App {
    App::new("", "").routes(routes![index])
}

fn main() {}
