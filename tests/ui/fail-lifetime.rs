use versify::prelude::*;

#[model]
struct Page<'a> {
    title: &'a str,
}

fn main() {}
