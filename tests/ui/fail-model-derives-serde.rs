use versify::prelude::*;

#[model]
#[derive(Debug, versify::__private::Serialize)]
struct Item {
    name: String,
}

fn main() {}
