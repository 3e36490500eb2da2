use versify::prelude::*;

#[post("/")]
async fn index(#[body(items(gtt = 0))] all: Vec<u32>) -> Vec<u32> {
    all
}

fn main() {}
