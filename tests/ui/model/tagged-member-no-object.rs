use versify::prelude::*;

#[model(tag = "kind")]
enum Shape {
    Circle { radius: f64 },
    Side(f64),
}

fn main() {}
