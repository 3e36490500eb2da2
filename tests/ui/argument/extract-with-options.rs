use versify::prelude::*;
use versify::poem::http::Method;

#[get("/")]
async fn index(#[extract(default = 1)] method: Method) {
    drop(method);
}

fn main() {}
