use versify::prelude::*;

struct Plain;

#[model(tag = "kind")]
enum Pet {
    Cat { name: String },
    Dog(Plain),
}

fn main() {}
