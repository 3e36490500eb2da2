use versify::prelude::*;

#[errors]
#[derive(Debug)]
enum ShopError {
    #[error(404, "No such item")]
    NotFound,
}

fn main() {}
