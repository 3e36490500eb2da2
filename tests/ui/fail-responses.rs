use versify::prelude::*;

struct NoModel;

#[get(
    "/",
    responses(
        404 = "Not here",
        "404" = "Not there",
        999 = "No status",
        "9XX" = "No range",
        200 = (modell = String),
        201 = (model = NoModel),
    )
)]
async fn read() -> String {
    String::new()
}

#[get("/other", responses(NOT_FOUND = "x"))]
async fn other() -> String {
    String::new()
}

fn main() {}
