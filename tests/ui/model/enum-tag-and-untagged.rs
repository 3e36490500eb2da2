use versify::prelude::*;

#[model(tag = "kind", untagged)]
enum Shape {
    Circle(f64),
}

fn main() {}
