use std::collections::HashMap;

use versify::prelude::*;

#[model]
#[derive(PartialEq, Eq, Hash)]
struct Point {
    x: i64,
    y: i64,
}

#[post("/")]
async fn paint(layers: Vec<HashMap<Point, String>>) {
    drop(layers);
}

fn main() {}
