use versify::prelude::*;

#[route("/")]
async fn index() {}

fn main() {}
