//! Half-written attributes, and arguments; `tests/editor/src/main.rs` says what is asked here.

use versify::prelude::*;

#[model(rename)]
struct Item {
    #[field(max_len)]
    name: String,
    price: f64,
}

#[get("/items/{item_id}", tags = ["items"], sta)]
async fn read_item(#[path(g)] item_id: u64, #[query(min_len)] word: Option<String>) -> Item {
    let found = Item { name: word.unwrap_or_default(), price: 1.0 };
    found.na;
    let other = item_id;
    found
}

#[post("/items", stattus = 201)]
async fn create_item(item: Item) -> Item {
    let sum = item.price;
    item.pri;
    sum;
    item
}

#[dependency(fall)]
async fn user(#[header(conv)] token: String) -> Result<String> {
    token.trim_st;
    Ok(token)
}

#[route("/both", meth)]
async fn both(caller: Depends<user>) -> String {
    caller.to_owne
}

// Here no attribute is half-written: what is asked is what arguments are.

#[dependency]
async fn session(#[cookie] ticket: String) -> String {
    ticket.to_lowercase()
}

#[put("/items/{sku}", tags = ["items"])]
async fn replace_item(
    sku: u64,
    #[query(max_length = 9, default = "en")] mut language: String,
    #[header] agent: Option<String>,
    visit: Depends<session>,
    replacement: Item,
) -> Item {
    language.extend(agent);
    language.push_str(&visit);
    Item { name: language, price: replacement.price + sku as f64 }
}

#[delete("/items/{gone}")]
fn delete_item(gone: u64) -> String {
    gone.to_string()
}

fn main() {
    let _ = App::new("sample", "1.0.0").routes(routes![read_item, create_item, both, replace_item, delete_item]);
}
