use versify::prelude::*;

fn check(side: &u32) -> Result<(), String> {
    drop(side);
    Ok(())
}

#[model]
struct Square {
    #[field(validate = check)]
    side: f64,
}

fn main() {}
