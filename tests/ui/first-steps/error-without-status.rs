use versify::prelude::*;

#[errors]
#[derive(Debug)]
enum ShopError {
    #[error("no item {0}")]
    NoSuchItem(u32),
    #[error(status = 409, "sold out")]
    SoldOut,
}

fn main() {}
