use versify::prelude::*;

#[model(rename = "x")]
struct Item {
    #[field(gt = 0)]
    name: String,
}

#[get("/{id}", stattus = 201)]
async fn read(#[query] #[header] q: String, id: &str) -> String {
    q
}

fn main() {}
