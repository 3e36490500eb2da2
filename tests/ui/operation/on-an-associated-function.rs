use versify::prelude::*;

struct Shop;

impl Shop {
    #[get("/")]
    async fn index() {}
}

fn main() {}
