use versify::prelude::*;
use versify::types::Date;

#[get("/")]
async fn index(#[query(gt = 3)] day: Date) -> Date {
    day
}

fn main() {}
