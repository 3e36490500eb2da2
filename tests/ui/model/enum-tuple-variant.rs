use versify::prelude::*;

#[model(tag = "kind")]
enum Shape {
    Line(f64, f64),
}

fn main() {}
