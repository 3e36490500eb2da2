use versify::{poem::web::Query, prelude::*};

#[model]
struct Page {
    skip: u32,
    limit: u32,
}

#[get("/items")]
async fn list_items(page: Query<Page>) -> Vec<u32> {
    (page.skip..page.skip + page.limit).collect()
}

fn main() {}
