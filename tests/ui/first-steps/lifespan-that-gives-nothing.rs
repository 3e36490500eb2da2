use versify::prelude::*;

#[get("/")]
async fn index() -> u32 {
    1
}

async fn startup() {
    println!("ready");
}

fn main() {
    let _ = App::new("Shop", "1.0.0").routes(routes![index]).lifespan(startup);
}
