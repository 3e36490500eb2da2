use versify::prelude::*;

const ITEMS: &str = "items";

#[get("/", tags = [ITEM])]
async fn index() {}

fn main() {}
