use versify::prelude::*;

fn check_name(name: String) -> Result<String, String> {
    if name.contains(' ') { Err("no spaces".to_owned()) } else { Ok(name) }
}

#[model]
struct Item {
    #[field(validate = check_name)]
    name: String,
}

fn main() {}
