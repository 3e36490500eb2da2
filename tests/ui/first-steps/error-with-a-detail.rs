use versify::prelude::*;

#[errors]
#[derive(Debug)]
enum Fault {
    #[error(status = 404, detail = "no such item")]
    NoItem,
}

fn main() {}
