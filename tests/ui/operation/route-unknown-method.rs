use versify::prelude::*;

#[route("/", method = [GTE, POST])]
async fn index() {}

fn main() {}
