use versify::prelude::*;

#[get("/")]
async fn index(q: impl ToString) -> String {
    q.to_string()
}

fn main() {}
