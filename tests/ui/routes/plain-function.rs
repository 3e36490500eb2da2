use versify::prelude::*;

async fn plain() {}

fn app() -> App {
    App::new("", "").routes(routes![plain])
}

fn main() {}
