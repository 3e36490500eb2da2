use versify::prelude::*;

#[model(rename_all = "lowercase")]
enum Kind {
    AB,
    Ab,
}

fn main() {}
