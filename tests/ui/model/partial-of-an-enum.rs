use versify::prelude::*;

#[model(partial = KindPatch)]
enum Kind {
    One,
}

fn main() {}
