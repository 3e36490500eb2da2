//! Paths, and what holds for those below them: the twin of `routing.py`.

use std::collections::BTreeMap;

use uuid::Uuid;
use versify::{
    NoContent, ResponseClass,
    openapi::{ResponseDoc, Responses},
    prelude::*,
};

use super::replay;

/// Operations that answer with the parameter itself.
macro_rules! reading {
    ($($name:ident $path:literal $type:ty;)*) => {$(
        #[get($path)]
        async fn $name(param: $type) -> Value {
            json!(param)
        }
    )*};
}

reading! {
    read_int "/int/{param:int}" i64;
    read_float "/float/{param:float}" f64;
    read_uuid "/uuid/{param:uuid}" Uuid;
    read_str "/str/{param:str}" String;
    read_path "/path/{param:path}" String;
}

#[get("/bounded/{param:int}/x/{ratio:float}")]
async fn read_bounded(#[path(ge = 5)] param: i64, #[path(lt = 1)] ratio: f64) -> Value {
    json!([param, ratio])
}

#[get("/either/{item_id:int}")]
async fn read_number(item_id: i64) -> Value {
    json!({"number": item_id})
}

#[get("/either/{name}")]
async fn read_name(name: String) -> Value {
    json!({"name": name})
}

#[post("/either/{item_id:int}")]
async fn write_number(item_id: i64) -> Value {
    json!({"number": item_id})
}

#[get("/files/{file:path}")]
async fn read_file(user_id: i64, file: String) -> Value {
    json!([user_id, file])
}

#[get("/users/{name}/files/all")]
async fn read_files(name: String) -> Value {
    json!(name)
}

#[tokio::test]
async fn convertors() {
    let app = App::new("FastAPI", "0.1.0")
        .routes(routes![
            read_int,
            read_float,
            read_uuid,
            read_str,
            read_path,
            read_bounded,
            read_number,
            read_name,
            write_number,
        ])
        .include(Router::new().prefix("/users/{user_id:int}").routes(routes![read_file]))
        .routes(routes![read_files]);
    replay(app, include_str!("convertors.json")).await;
}

/// Operations that answer with their body.
macro_rules! echoing {
    ($($name:ident)*) => {$(
        #[post("/items")]
        async fn $name(data: BTreeMap<String, Value>) -> Value {
            json!(data)
        }
    )*};
}

echoing! { strict_app lax_router lax_app strict_router inner_strict inner_default }

#[tokio::test]
async fn strictness_is_inherited() {
    let app = App::new("FastAPI", "0.1.0")
        .routes(routes![strict_app])
        .include(Router::new().prefix("/lax").strict_content_type(false).routes(routes![lax_router]));
    replay(app, include_str!("strict.json")).await;
    let strict = || Router::new().prefix("/strict").strict_content_type(true);
    let app = App::new("FastAPI", "0.1.0")
        .strict_content_type(false)
        .routes(routes![lax_app])
        .include(strict().routes(routes![strict_router]))
        .include(
            Router::new()
                .prefix("/outer")
                .include(strict().routes(routes![inner_strict]))
                .include(Router::new().prefix("/default").routes(routes![inner_default])),
        );
    replay(app, include_str!("lax.json")).await;
}

struct Level<const N: usize>;

impl<const N: usize> ResponseClass for Level<N> {
    const MEDIA_TYPE: &'static str = [
        "application/x-level-0+json",
        "application/x-level-1+json",
        "application/x-level-2+json",
        "application/x-level-3+json",
        "application/x-level-4+json",
        "application/x-level-5+json",
    ][N];
}

fn described(level: u16) -> Responses {
    Responses::new()
        .on(400 + level, ResponseDoc::new().description(format!("Client error level {level}")))
        .on(500, ResponseDoc::new().description(format!("Level {level}")))
}

#[model]
struct Item {
    name: String,
}

#[get("/default")]
async fn default0(text: String) -> Value {
    json!({"text": text})
}

#[get("/override", tags = ["own"], responses(..described(1)), deprecated, response_class = Level<1>)]
async fn override0(text: String) -> Item {
    Item { name: text }
}

#[get("/missing")]
async fn missing() -> Result<Value> {
    Err(HttpError::new(404, "Nothing"))
}

#[get("/nothing", status = 204)]
async fn nothing() -> NoContent {
    NoContent
}

#[get("/default")]
async fn default4(text: String) -> Value {
    json!(text)
}

#[get("/override", tags = ["own"], responses(..described(5)), response_class = Level<5>)]
async fn override4(text: String) -> Value {
    json!(text)
}

#[get("/plain")]
async fn plain2(text: String) -> Value {
    json!(text)
}

#[tokio::test]
async fn the_nearest_wins() {
    let router = || {
        let router = Router::new().prefix("/router").tag("router").responses(described(4)).deprecated(true);
        router.default_response_class::<Level<4>>().routes(routes![default4, override4])
    };
    let plain = || Router::new().routes(routes![plain2]);
    // What FastAPI says where a router is included, a router around it says here.
    let included = |router: Router| {
        let outer = Router::new().prefix("/included").tag("included").responses(described(3));
        outer.default_response_class::<Level<3>>().include(router)
    };
    let outer = Router::new().prefix("/outer").tag("outer").responses(described(2));
    let outer = outer.default_response_class::<Level<2>>();
    let app = App::new("FastAPI", "0.1.0")
        .responses(described(0))
        .default_response_class::<Level<0>>()
        .routes(routes![default0, override0, missing, nothing])
        .include(outer.include(included(router())).include(included(plain())).include(router()).include(plain()))
        .include(Router::new().prefix("/deprecated").deprecated(true).include(plain()))
        .include(Router::new().prefix("/hidden").include_in_schema(false).include(plain()));
    replay(app, include_str!("levels.json")).await;
}
