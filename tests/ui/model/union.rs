use versify::prelude::*;

#[model]
union Number {
    integer: i64,
    float: f64,
}

fn main() {}
