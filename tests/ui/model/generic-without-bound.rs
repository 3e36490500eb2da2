use versify::prelude::*;

#[model]
struct Page<T> {
    items: Vec<T>,
}

struct Item;

#[get("/")]
async fn read() -> Page<Item> {
    Page { items: Vec::new() }
}

fn main() {}
