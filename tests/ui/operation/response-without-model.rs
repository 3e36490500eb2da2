use versify::prelude::*;

struct Plain;

impl From<u32> for Plain {
    fn from(_: u32) -> Self {
        Plain
    }
}

#[get("/items", response = Plain)]
async fn read() -> u32 {
    1
}

fn main() {}
