use versify::prelude::*;

struct Plain;

#[model(computed = [area])]
struct Square {
    side: f64,
}

impl Square {
    fn area(&self) -> Plain {
        Plain
    }
}

fn main() {}
