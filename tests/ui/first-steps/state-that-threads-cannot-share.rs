use std::cell::RefCell;

use versify::prelude::*;

fn app() -> App {
    App::new("Shop", "1.0.0").state(RefCell::new(1))
}

fn main() {}
