use versify::prelude::*;

#[model(tag = kind)]
enum Shape {
    Circle { radius: f64 },
}

fn main() {}
