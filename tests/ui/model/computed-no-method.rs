use versify::prelude::*;

#[model(computed = [area])]
struct Square {
    side: f64,
}

fn main() {}
