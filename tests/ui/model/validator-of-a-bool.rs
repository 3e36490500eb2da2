use versify::prelude::*;

#[model]
struct Item {
    #[field(validate = is_short)]
    name: String,
}

fn is_short(name: &String) -> bool {
    name.len() < 10
}

fn main() {}
