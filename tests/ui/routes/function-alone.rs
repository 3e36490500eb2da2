use versify::prelude::*;

#[get("/items")]
async fn list() -> Vec<String> {
    vec![]
}

fn app() -> App {
    App::new("Shop", "1.0.0").routes(list)
}

fn main() {}
