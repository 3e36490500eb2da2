use versify::{
    poem::{Request, Response},
    prelude::*,
};

async fn timing(_request: Request) -> versify::poem::Result<Response> {
    Ok(Response::default())
}

#[get("/", middleware = [timing])]
async fn index() -> u32 {
    1
}

fn main() {}
