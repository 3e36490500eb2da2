use versify::prelude::*;

#[get("/")]
async fn a() {}

#[get("/b")]
async fn b() {}

fn app() -> App {
    App::new("", "").routes(routes![a b])
}

fn main() {}
