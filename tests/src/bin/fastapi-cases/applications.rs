//! Whole applications: behind a proxy, below another one, with background tasks, middleware and lifespans.

use super::Case;

pub const CASES: &[Case] = &[
    ("advanced_middleware.tutorial001", advanced_middleware::tutorial001),
    ("advanced_middleware.tutorial002", advanced_middleware::tutorial002),
    ("advanced_middleware.tutorial003", advanced_middleware::tutorial003),
    ("app_testing.tutorial001", app_testing::tutorial001),
    ("app_testing.tutorial002", app_testing::tutorial002),
    ("app_testing.tutorial004", app_testing::tutorial004),
    ("async_tests.app_a", app_testing::async_tests),
    ("background_tasks.tutorial001", background_tasks::tutorial001),
    ("background_tasks.tutorial002", background_tasks::tutorial002),
    ("behind_a_proxy.tutorial001", behind_a_proxy::tutorial001),
    ("behind_a_proxy.tutorial001_01", behind_a_proxy::tutorial001_01),
    ("behind_a_proxy.tutorial002", behind_a_proxy::tutorial002),
    ("behind_a_proxy.tutorial003", behind_a_proxy::tutorial003),
    ("behind_a_proxy.tutorial004", behind_a_proxy::tutorial004),
    ("cors.tutorial001", cors::tutorial001),
    ("custom_request_and_route.tutorial001", custom_request_and_route::tutorial001),
    ("custom_request_and_route.tutorial002", custom_request_and_route::tutorial002),
    ("custom_request_and_route.tutorial003", custom_request_and_route::tutorial003),
    ("debugging.tutorial001", debugging::tutorial001),
    ("events.tutorial001", app_testing::tutorial004),
    ("events.tutorial002", events::tutorial002),
    ("events.tutorial003", events::tutorial003),
    ("middleware.tutorial001", middleware::tutorial001),
    ("sub_applications.tutorial001", sub_applications::tutorial001),
];

mod advanced_middleware {
    use versify::{
        middleware::{Gzip, HttpsRedirect, TrustedHost},
        poem::Response,
        prelude::*,
    };

    #[get("/")]
    async fn main() -> Value {
        json!({"message": "Hello World"})
    }

    pub fn tutorial001() -> App {
        App::new("FastAPI", "0.1.0").layer(HttpsRedirect).routes(routes![main])
    }

    pub fn tutorial002() -> App {
        App::new("FastAPI", "0.1.0").layer(TrustedHost::new(["example.com", "*.example.com"])).routes(routes![main])
    }

    #[get("/")]
    async fn big() -> &'static str {
        "somebigcontent"
    }

    /// Added by the example's test.
    #[get("/large", include_in_schema = false)]
    async fn large() -> Response {
        Response::builder().content_type("text/plain; charset=utf-8").body("x".repeat(4000))
    }

    pub fn tutorial003() -> App {
        App::new("FastAPI", "0.1.0").layer(Gzip::new().minimum_size(1000).level(5)).routes(routes![big, large])
    }
}

mod cors {
    use versify::{middleware::Cors, prelude::*};

    #[get("/")]
    async fn main() -> Value {
        json!({"message": "Hello World"})
    }

    pub fn tutorial001() -> App {
        let origins = [
            "http://localhost.tiangolo.com",
            "https://localhost.tiangolo.com",
            "http://localhost",
            "http://localhost:8080",
        ];
        let cors = Cors::new().allow_origins(origins).allow_credentials(true).allow_methods(["*"]).allow_headers(["*"]);
        App::new("FastAPI", "0.1.0").layer(cors).routes(routes![main])
    }
}

mod custom_request_and_route {
    use std::{io::Read, time::Instant};

    use versify::{
        middleware::Next,
        poem::{Request, Response},
        prelude::*,
    };

    async fn gunzipped(mut request: Request, next: Next) -> Result<Response> {
        if request.header("content-encoding").is_some_and(|encodings| encodings.contains("gzip")) {
            let body = request.take_body().into_bytes().await?;
            let mut plain = Vec::new();
            flate2::read::GzDecoder::new(&*body).read_to_end(&mut plain)?;
            request.set_body(plain);
        }
        Ok(next.run(request).await)
    }

    #[post("/sum", middleware = [gunzipped])]
    async fn sum_numbers(numbers: Vec<i64>) -> Value {
        json!({"sum": numbers.iter().sum::<i64>()})
    }

    pub fn tutorial001() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![sum_numbers])
    }

    async fn errors_with_body(mut request: Request, next: Next) -> Result<Response> {
        let body = request.take_body().into_string().await?;
        request.set_body(body.clone());
        let mut response = next.run(request).await;
        if response.status() != 422 {
            return Ok(response);
        }
        let errors: Value = response.take_body().into_json().await?;
        Err(HttpError::new(422, json!({"errors": errors["detail"], "body": body})))
    }

    #[post("/", middleware = [errors_with_body])]
    async fn sum_all(numbers: Vec<i64>) -> i64 {
        numbers.iter().sum()
    }

    pub fn tutorial002() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![sum_all])
    }

    async fn timed_route(request: Request, next: Next) -> Response {
        let before = Instant::now();
        let mut response = next.run(request).await;
        let duration = before.elapsed().as_secs_f64().to_string();
        response.headers_mut().insert("x-response-time", duration.parse().unwrap());
        response
    }

    #[get("/")]
    async fn not_timed() -> Value {
        json!({"message": "Not timed"})
    }

    #[get("/timed")]
    async fn timed() -> Value {
        json!({"message": "It's the time of my life"})
    }

    pub fn tutorial003() -> App {
        let router = Router::new().middleware(timed_route).routes(routes![timed]);
        App::new("FastAPI", "0.1.0").routes(routes![not_timed]).include(router)
    }
}

mod app_testing {
    use std::collections::HashMap;

    use versify::{Lifespan, prelude::*};

    #[get("/")]
    async fn read_main() -> Value {
        json!({"msg": "Hello World"})
    }

    pub fn tutorial001() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_main])
    }

    #[websocket("/ws")]
    async fn websocket(mut websocket: WebSocket) -> Result<()> {
        websocket.accept().await?;
        websocket.send_json(&json!({"msg": "Hello WebSocket"})).await?;
        Ok(())
    }

    pub fn tutorial002() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_main, websocket])
    }

    #[get("/")]
    async fn root() -> Value {
        json!({"message": "Tomato"})
    }

    pub fn async_tests() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![root])
    }

    type Items = HashMap<&'static str, Value>;

    #[get("/items/{item_id}")]
    async fn read_items(item_id: String, items: State<Items>) -> Value {
        items[item_id.as_str()].clone()
    }

    pub fn tutorial004() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items]).lifespan(async || {
            let items: Items =
                HashMap::from([("foo", json!({"name": "Fighters"})), ("bar", json!({"name": "Tenders"}))]);
            Ok(Lifespan::new().state(items))
        })
    }
}

mod background_tasks {
    use std::{fs, io::Write};

    use versify::prelude::*;

    fn write_notification(email: &str, message: &str) {
        fs::write("log.txt", format!("notification for {email}: {message}")).unwrap();
    }

    #[post("/send-notification/{email}")]
    async fn send_notification(email: String, background_tasks: BackgroundTasks) -> Value {
        background_tasks.add_blocking_task(move || write_notification(&email, "some notification"));
        json!({"message": "Notification sent in the background"})
    }

    pub fn tutorial001() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![send_notification])
    }

    fn write_log(message: &str) {
        let log = fs::OpenOptions::new().create(true).append(true).open("log.txt");
        log.unwrap().write_all(message.as_bytes()).unwrap();
    }

    #[dependency]
    fn get_query(background_tasks: BackgroundTasks, q: Option<String>) -> Option<String> {
        if let Some(q) = q.clone() {
            background_tasks.add_blocking_task(move || write_log(&format!("found query: {q}\n")));
        }
        q
    }

    #[post("/send-notification/{email}", operation_id = "send_notification_send_notification__email__post")]
    async fn send_message(email: String, background_tasks: BackgroundTasks, _q: Depends<get_query>) -> Value {
        background_tasks.add_blocking_task(move || write_log(&format!("message to {email}\n")));
        json!({"message": "Message sent"})
    }

    pub fn tutorial002() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![send_message])
    }
}

mod behind_a_proxy {
    use versify::{
        RootPath,
        openapi::{Info, Server},
        prelude::*,
    };

    #[get("/app")]
    fn read_main(root_path: RootPath) -> Value {
        json!({"message": "Hello World", "root_path": root_path.as_str()})
    }

    #[get("/items/")]
    fn read_items() -> Value {
        json!(["plumbus", "portal gun"])
    }

    pub fn tutorial001() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_main])
    }

    pub fn tutorial001_01() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }

    pub fn tutorial002() -> App {
        tutorial001().root_path("/api/v1")
    }

    pub fn tutorial003() -> App {
        let server =
            |url: &str, description: &str| Server { url: url.to_owned(), description: Some(description.to_owned()) };
        let servers = vec![
            server("https://stag.example.com", "Staging environment"),
            server("https://prod.example.com", "Production environment"),
        ];
        tutorial001().info(Info { servers, ..Info::new("FastAPI", "0.1.0") })
    }

    pub fn tutorial004() -> App {
        tutorial003().root_path_in_servers(false)
    }
}

mod debugging {
    use versify::prelude::*;

    #[get("/")]
    fn root() -> Value {
        let a = "a";
        json!({"hello world": format!("b{a}")})
    }

    pub fn tutorial001() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![root])
    }
}

mod events {
    use std::{fs, io::Write};

    use versify::{Lifespan, prelude::*};

    #[get("/items/")]
    async fn read_items() -> Value {
        json!([{"name": "Foo"}])
    }

    fn shutdown_event() {
        let log = fs::OpenOptions::new().create(true).append(true).open("log.txt");
        log.unwrap().write_all(b"Application shutdown").unwrap();
    }

    pub fn tutorial002() -> App {
        App::new("FastAPI", "0.1.0")
            .routes(routes![read_items])
            .lifespan(async || Ok(Lifespan::new().on_stop(async || shutdown_event())))
    }

    struct Model(fn(f64) -> f64);

    fn fake_answer_to_everything_ml_model(x: f64) -> f64 {
        x * 42.0
    }

    #[get("/predict")]
    async fn predict(x: f64, model: State<Model>) -> Value {
        json!({"result": model.0(x)})
    }

    pub fn tutorial003() -> App {
        App::new("FastAPI", "0.1.0")
            .routes(routes![predict])
            .lifespan(async || Ok(Lifespan::new().state(Model(fake_answer_to_everything_ml_model))))
    }
}

mod middleware {
    use std::time::Instant;

    use versify::{
        middleware::Next,
        poem::{Request, Response},
        prelude::*,
    };

    async fn add_process_time_header(request: Request, next: Next) -> Response {
        let start_time = Instant::now();
        let mut response = next.run(request).await;
        let process_time = start_time.elapsed().as_secs_f64().to_string();
        response.headers_mut().insert("x-process-time", process_time.parse().unwrap());
        response
    }

    pub fn tutorial001() -> App {
        App::new("FastAPI", "0.1.0").middleware(add_process_time_header)
    }
}

mod sub_applications {
    use versify::prelude::*;

    #[get("/app")]
    fn read_main() -> Value {
        json!({"message": "Hello World from main app"})
    }

    #[get("/sub")]
    fn read_sub() -> Value {
        json!({"message": "Hello World from sub API"})
    }

    pub fn tutorial001() -> App {
        let subapi = App::new("FastAPI", "0.1.0").routes(routes![read_sub]);
        App::new("FastAPI", "0.1.0").routes(routes![read_main]).mount_app("/subapi", subapi)
    }
}
