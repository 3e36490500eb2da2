use versify::prelude::*;

#[model]
enum Pet {
    Cat { lives: u8 },
    Dog,
}

fn main() {}
