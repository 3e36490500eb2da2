//! Whole requests in process: versify beside poem's `Route` doing the same by hand, and beside poem-openapi.
//!
//! `cargo bench -p versify --bench requests`. What counts is the ratio in one run.

#![allow(missing_docs, clippy::unwrap_used)]

use criterion::{Criterion, criterion_group, criterion_main};
use versify::{
    poem::{
        self, Endpoint, EndpointExt, Request, Route,
        endpoint::BoxEndpoint,
        get, handler,
        http::{Method, StatusCode},
        post,
        web::{Json, Path, Query},
    },
    prelude::{App, Depends, dependency, model, routes},
};

#[model]
struct Item {
    item_id: i64,
    q: Option<String>,
    limit: u32,
}

#[model]
struct NewItem {
    #[field(min_length = 1, max_length = 50)]
    name: String,
    #[field(gt = 0)]
    price: f64,
    tags: Vec<String>,
    description: Option<String>,
}

#[versify::get("/items/{item_id}")]
async fn get_item(
    #[path(ge = 1)] item_id: i64,
    q: Option<String>,
    #[query(default = 10, ge = 1, le = 100)] limit: u32,
) -> Item {
    Item { item_id, q, limit }
}

#[versify::post("/items")]
async fn create_item(new: NewItem) -> NewItem {
    new
}

/// A dependency that does nothing: what is left is the price of dependencies.
#[dependency]
async fn tenant() -> u32 {
    7
}

#[versify::get("/with-dependency")]
async fn with_dependency(tenant: Depends<tenant>) -> u32 {
    *tenant
}

#[versify::get("/without")]
async fn without_dependency() -> u32 {
    7
}

/// The same by hand.
mod by_hand {
    use super::*;

    #[derive(serde::Deserialize)]
    pub(super) struct Filter {
        q: Option<String>,
        limit: Option<u32>,
    }

    #[derive(serde::Serialize)]
    pub(super) struct Item {
        item_id: i64,
        q: Option<String>,
        limit: u32,
    }

    #[derive(serde::Serialize, serde::Deserialize)]
    pub(super) struct NewItem {
        name: String,
        price: f64,
        tags: Vec<String>,
        description: Option<String>,
    }

    fn invalid() -> poem::Error {
        poem::Error::from_status(StatusCode::UNPROCESSABLE_ENTITY)
    }

    #[handler]
    pub(super) async fn get_item(Path(item_id): Path<i64>, Query(filter): Query<Filter>) -> poem::Result<Json<Item>> {
        let limit = filter.limit.unwrap_or(10);
        if item_id < 1 || !(1..=100).contains(&limit) {
            return Err(invalid());
        }
        Ok(Json(Item { item_id, q: filter.q, limit }))
    }

    #[handler]
    pub(super) async fn create_item(Json(new): Json<NewItem>) -> poem::Result<Json<NewItem>> {
        if !(1..=50).contains(&new.name.chars().count()) || new.price <= 0.0 {
            return Err(invalid());
        }
        Ok(Json(new))
    }
}

/// The same with poem-openapi.
mod openapi {
    use versify::poem_openapi::{Object, OpenApi, param, payload};

    #[derive(Object)]
    pub(super) struct Item {
        item_id: i64,
        q: Option<String>,
        limit: u32,
    }

    #[derive(Object)]
    pub(super) struct NewItem {
        #[oai(validator(min_length = 1, max_length = 50))]
        name: String,
        #[oai(validator(minimum(value = "0", exclusive)))]
        price: f64,
        tags: Vec<String>,
        description: Option<String>,
    }

    pub(super) struct Api;

    fn ten() -> u32 {
        10
    }

    #[OpenApi]
    impl Api {
        #[oai(path = "/items/:item_id", method = "get")]
        async fn get_item(
            &self,
            #[oai(validator(minimum(value = "1")))] item_id: param::Path<i64>,
            q: param::Query<Option<String>>,
            #[oai(default = "ten", validator(minimum(value = "1"), maximum(value = "100")))] limit: param::Query<u32>,
        ) -> payload::Json<Item> {
            payload::Json(Item { item_id: item_id.0, q: q.0, limit: limit.0 })
        }

        #[oai(path = "/items", method = "post")]
        async fn create_item(&self, new: payload::Json<NewItem>) -> payload::Json<NewItem> {
            new
        }
    }
}

use versify::poem_openapi;

const BODY: &str =
    r#"{"name":"Garden gnome","price":12.5,"tags":["garden","decor","new"],"description":"A small gnome."}"#;
/// Four faults: what a wrong request costs.
const FAULTY: &str = r#"{"name":"","price":0,"tags":["garden",1,"new"],"description":7}"#;

fn get_request() -> Request {
    Request::builder().method(Method::GET).uri_str("/items/1?q=x&limit=10").finish()
}

fn post_request(body: &'static str) -> Request {
    Request::builder().method(Method::POST).uri_str("/items").content_type("application/json").body(body)
}

async fn answer(endpoint: &BoxEndpoint<'static>, request: Request, status: StatusCode) {
    let response = endpoint.call(request).await.unwrap_or_else(poem::Error::into_response);
    assert_eq!(response.status(), status);
    response.into_body().into_bytes().await.unwrap();
}

fn bench(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let operations = routes![get_item, create_item, with_dependency, without_dependency];
    let versify = App::new("bench", "1").routes(operations).build().unwrap().boxed();
    let by_hand =
        Route::new().at("/items/:item_id", get(by_hand::get_item)).at("/items", post(by_hand::create_item)).boxed();
    let openapi =
        Route::new().nest("/", poem_openapi::OpenApiService::new(openapi::Api, "bench", "1")).map_to_response().boxed();
    let by_hand = by_hand.map_to_response().boxed();
    let peers = [("poem by hand", by_hand), ("versify", versify), ("poem-openapi", openapi)];
    let mut group = criterion.benchmark_group("get_item");
    for (name, endpoint) in &peers {
        group.bench_function(*name, |b| b.to_async(&runtime).iter(|| answer(endpoint, get_request(), StatusCode::OK)));
    }
    group.finish();
    let mut group = criterion.benchmark_group("post_item");
    for (name, endpoint) in &peers {
        group.bench_function(*name, |b| {
            b.to_async(&runtime).iter(|| answer(endpoint, post_request(BODY), StatusCode::OK));
        });
    }
    let [_, (_, versify), _] = &peers;
    group.bench_function("versify, four faults", |b| {
        let faulty = || answer(versify, post_request(FAULTY), StatusCode::UNPROCESSABLE_ENTITY);
        b.to_async(&runtime).iter(faulty);
    });
    group.finish();
    let mut group = criterion.benchmark_group("dependency");
    for (name, path) in [("without", "/without"), ("with", "/with-dependency")] {
        let request = || Request::builder().method(Method::GET).uri_str(path).finish();
        group.bench_function(name, |b| b.to_async(&runtime).iter(|| answer(versify, request(), StatusCode::OK)));
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
