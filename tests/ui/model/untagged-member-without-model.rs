use versify::prelude::*;

struct Plain;

#[model(untagged)]
enum Id {
    Number(u64),
    Other(Plain),
}

fn main() {}
