//! The four endpoints of the performance comparison, as a user of versify writes them.
//!
//! It reads `PORT` and `WORKERS`.

use versify::prelude::*;

#[model]
struct Item {
    item_id: i64,
    q: Option<String>,
    limit: u32,
}

#[model]
struct StoredItem {
    #[field(read_only)]
    id: i64,
    #[field(min_length = 1, max_length = 50)]
    name: String,
    #[field(gt = 0)]
    price: f64,
    tags: Vec<String>,
    description: Option<String>,
}

#[model]
#[derive(Clone)]
struct Row {
    #[field(ge = 1)]
    id: i64,
    #[field(min_length = 1, max_length = 32)]
    sku: String,
    #[field(min_length = 1, max_length = 100)]
    name: String,
    category: String,
    #[field(gt = 0)]
    price: f64,
    score: f64,
    qty: u32,
    active: bool,
}

#[model]
struct Summary {
    count: usize,
    sum: f64,
}

#[get("/items/{item_id}")]
async fn get_item(
    #[path(ge = 1)] item_id: i64,
    q: Option<String>,
    #[query(default = 10, ge = 1, le = 100)] limit: u32,
) -> Item {
    Item { item_id, q, limit }
}

#[post("/items")]
async fn create_item(item: StoredItem) -> StoredItem {
    StoredItem { id: 1, ..item }
}

#[get("/rows")]
async fn list_rows(#[query(default = 1000, ge = 1, le = 10_000)] n: usize) -> Vec<Row> {
    rows().iter().take(n).cloned().collect()
}

#[post("/rows")]
async fn sum_rows(rows: Vec<Row>) -> Summary {
    Summary { count: rows.len(), sum: rows.iter().map(|row| row.price * f64::from(row.qty)).sum() }
}

// bench:off
const CATEGORIES: [&str; 8] = ["garden", "kitchen", "books", "music", "tools", "toys", "grocery", "outdoors"];

/// Built once; handlers clone out of it, as if the rows came from a cache.
fn rows() -> &'static [Row] {
    static ROWS: std::sync::OnceLock<Vec<Row>> = std::sync::OnceLock::new();
    ROWS.get_or_init(|| {
        let categories = CATEGORIES.iter().cycle().skip(1);
        let row = |(i, category): (u32, &&str)| Row {
            id: i.into(),
            sku: format!("SKU-{i:06}"),
            name: format!("Product number {i}"),
            category: (*category).to_owned(),
            price: f64::from((i * 37) % 10_000 + 1) / 100.0,
            score: f64::from(i).sqrt(),
            qty: (i * 13) % 100,
            active: i % 3 == 0,
        };
        (1..=10_000).zip(categories).map(row).collect()
    })
}

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let workers = std::env::var("WORKERS").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build()?;
    // bench:on
    let app = App::new("bench", "1.0").routes(routes![get_item, create_item, list_rows, sum_rows]);
    // bench:off
    Ok(runtime.block_on(app.serve())?)
}
