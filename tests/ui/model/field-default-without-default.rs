use versify::prelude::*;
use versify::types::Date;

#[model]
struct Item {
    #[field(default)]
    day: Date,
}

fn main() {}
