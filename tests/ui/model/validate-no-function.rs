use versify::prelude::*;

#[model(validate = check)]
struct Square {
    side: f64,
}

fn main() {}
