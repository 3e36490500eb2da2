use versify::prelude::*;

fn app() -> App {
    App::new("", "").routes(routes!["index"])
}

fn main() {}
