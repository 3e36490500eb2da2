use versify::prelude::*;

struct Item;

#[allow(non_snake_case)]
#[get("/item")]
async fn Item() {}

fn main() {}
