use versify::prelude::*;
use versify::poem::Request;

#[get("/")]
fn index(request: &Request) -> String {
    request.uri().to_string()
}

fn main() {}
