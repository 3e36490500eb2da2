use versify::prelude::*;

struct Filter;

#[get("/")]
async fn read(#[query] filter: Filter) {
    drop(filter);
}

fn main() {}
