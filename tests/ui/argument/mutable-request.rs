use versify::prelude::*;
use versify::poem::Request;

#[get("/")]
async fn index(request: &mut Request) {
    drop(request);
}

fn main() {}
