//! The bounds of numbers are numbers; those of dates, times and durations are text.

use versify::{prelude::*, types::Date};

#[get("/days")]
async fn days(#[query(gt = 3)] day: Date) -> Date {
    day
}

#[get("/counts")]
async fn counts(#[query(gt = "2020-01-01")] count: i64) -> i64 {
    count
}

fn main() {}
