use versify::prelude::*;

#[model(validate = check)]
struct Item {
    name: String,
}

fn check(_: Item) -> Result<(), String> {
    Ok(())
}

fn main() {}
