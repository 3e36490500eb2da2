//! Errors of an app: `#[errors]`, and what is done with them.

use std::error::Error as _;

use serde_json::{Value, json};
use versify::{Failure, prelude::*};

use crate::client::{Answer, get};

#[model]
#[derive(Debug, Clone)]
struct Shortage {
    wanted: u32,
    left: u32,
}

#[errors]
#[derive(Debug)]
enum ShopError {
    /// There is no such item.
    #[error(status = 404, "Item {0} not found")]
    NoSuchItem(u64),
    #[error(status = 404, "Shop {name:?} is {{closed}}")]
    NoSuchShop { name: String },
    #[error("Try again in {seconds} s", status = 429, headers("retry-after" = "{seconds}"))]
    TooMany { seconds: u32, limit: u8 },
    #[error(status = 409, "Sold out")]
    SoldOut(#[detail] Shortage),
    #[error(status = 409)]
    Elsewhere {
        #[body]
        place: Shortage,
    },
    #[error(status = 503)]
    Closed,
    #[error(transparent)]
    Http(#[from] HttpError),
    #[error(transparent)]
    Inner(#[from] InnerError),
    #[error(internal, "the disk, at {1}")]
    Disk(#[source] std::io::Error, &'static str),
    #[error(internal)]
    Number(#[from] std::num::ParseIntError),
    #[error(internal, "boxed")]
    Boxed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

#[errors]
#[derive(Debug)]
enum InnerError {
    #[error(status = 418, "I am a teapot")]
    Teapot,
}

fn error(case: u8) -> ShopError {
    let shortage = Shortage { wanted: 3, left: 1 };
    match case {
        0 => ShopError::NoSuchItem(5),
        1 => ShopError::NoSuchShop { name: "x\"y".into() },
        2 => ShopError::TooMany { seconds: 30, limit: 1 },
        3 => ShopError::SoldOut(shortage),
        4 => ShopError::Elsewhere { place: shortage },
        5 => ShopError::Closed,
        6 => HttpError::new(402, json!(["pay"])).into(),
        7 => InnerError::Teapot.into(),
        8 => ShopError::Disk(std::io::Error::other("full"), "sda"),
        9 => "x".parse::<u8>().unwrap_err().into(),
        _ => ShopError::Boxed("boxed".into()),
    }
}

#[get("/{case}")]
async fn fail(case: u8) -> Result<(), ShopError> {
    Err(error(case))
}

#[tokio::test]
async fn each_variant_answers_in_its_own_way() {
    let service = App::new("x", "1").routes(routes![fail]).build().unwrap();
    let internal = "Internal Server Error";
    for (case, status, body, text) in [
        (0, 404, json!({"detail": "Item 5 not found"}), "Item 5 not found"),
        (1, 404, json!({"detail": "Shop \"x\\\"y\" is {closed}"}), "Shop \"x\\\"y\" is {closed}"),
        (2, 429, json!({"detail": "Try again in 30 s"}), "Try again in 30 s"),
        (3, 409, json!({"detail": {"wanted": 3, "left": 1}}), "Sold out"),
        (4, 409, json!({"wanted": 3, "left": 1}), "Conflict"),
        (5, 503, json!({"detail": "Service Unavailable"}), "Service Unavailable"),
        (6, 402, json!({"detail": ["pay"]}), "402 Payment Required: [\"pay\"]"),
        (7, 418, json!({"detail": "I am a teapot"}), "I am a teapot"),
        (8, 500, Value::Null, "the disk, at sda"),
        (9, 500, Value::Null, "invalid digit found in string"),
        (10, 500, Value::Null, "boxed"),
    ] {
        let answer = get(&service, &format!("/{case}")).await;
        assert_eq!(answer.status, status, "{case}");
        match body {
            Value::Null => assert_eq!(answer.body, internal, "{case}"),
            body => assert_eq!(answer.json(), body, "{case}"),
        }
        assert_eq!(error(case).to_string(), text, "{case}");
    }
    assert_eq!(get(&service, "/2").await.header("retry-after"), "30");
    for (case, source) in
        [(0, None), (8, Some("full")), (9, Some("invalid digit found in string")), (10, Some("boxed"))]
    {
        assert_eq!(error(case).source().map(ToString::to_string).as_deref(), source, "{case}");
    }
    let ShopError::TooMany { limit: 1, .. } = error(2) else { panic!() };
}

#[tokio::test]
async fn variants_are_documented() {
    let service = App::new("x", "1").routes(routes![fail]).build().unwrap();
    let document: Value = serde_json::from_slice(service.openapi()).unwrap();
    let mut responses = document["paths"]["/{case}"]["get"]["responses"].clone();
    let responses = responses.as_object_mut().unwrap();
    responses.remove("200");
    responses.remove("422");
    let error = |description: &str| {
        json!({
            "description": description,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/HTTPError"}}},
        })
    };
    let shortage = json!({"$ref": "#/components/schemas/Shortage"});
    let mut slow = error("Try again in {seconds} s");
    slow["headers"] = json!({"retry-after": {"schema": {"type": "string"}}});
    assert_eq!(
        json!(responses),
        json!({
            "404": error("There is no such item.; Shop {name:?} is {{closed}}"),
            "429": slow,
            "409": {
                "description": "Sold out; Conflict",
                "content": {"application/json": {"schema": {
                    "anyOf": [
                        {"type": "object", "properties": {"detail": shortage}, "required": ["detail"]},
                        shortage,
                    ],
                    "title": "Response 409 Fail  Case  Get",
                }}},
            },
            "503": error("Service Unavailable"),
            "418": error("I am a teapot"),
        })
    );
    assert_eq!(
        document["components"]["schemas"]["HTTPError"],
        json!({
            "properties": {"detail": {"type": "string", "title": "Detail"}},
            "type": "object",
            "required": ["detail"],
            "title": "HTTPError",
        })
    );
}

#[tokio::test]
async fn an_error_is_a_response_by_itself() {
    let answer = Answer::of(InnerError::Teapot.fail()).await;
    assert_eq!((answer.status, answer.body.as_str()), (418, r#"{"detail":"I am a teapot"}"#));
}

mod handled {
    use serde_json::{Value, json};
    use versify::{HttpError, Text, ValidationError, poem::Request, prelude::*};

    use super::{InnerError, ShopError, Shortage};
    use crate::client::{get, post, send};

    #[get("/fail/{case}")]
    async fn fail(case: u8) -> Result<(), ShopError> {
        Err(super::error(case))
    }

    #[get("/panic")]
    async fn panics() {
        panic!("a secret");
    }

    #[get("/io")]
    async fn io() -> Result<()> {
        Err(std::io::Error::other("a secret"))?;
        Ok(())
    }

    #[get("/number")]
    async fn number() -> Result<u8> {
        Ok("x".parse()?)
    }

    #[post("/shortage")]
    async fn read(shortage: Shortage) -> u32 {
        shortage.left
    }

    #[dependency]
    async fn refuse() -> Result<(), InnerError> {
        Err(InnerError::Teapot)
    }

    #[get("/refused")]
    async fn refused(_x: Depends<refuse>) {}

    fn app() -> App {
        App::new("x", "1").routes(routes![fail, panics, io, number, read, refused])
    }

    async fn on_shop(request: Request, error: ShopError) -> Response<Value> {
        let response = Response::new(json!({"path": request.uri().path(), "error": error.to_string()}));
        if let ShopError::NoSuchItem(_) = error { response.status(410) } else { response }
    }

    async fn on_inner(_: Request, error: InnerError) -> Text {
        Text(error.to_string())
    }

    async fn on_io(_: Request, error: std::io::Error) -> Text {
        Text(format!("{:?}", error.kind()))
    }

    async fn on_invalid(_: Request, error: ValidationError) -> Response<Value> {
        let kinds: Vec<&str> = error.issues().iter().map(versify::decode::Issue::kind).collect();
        Response::new(json!({"kinds": kinds, "body": error.body()})).status(400)
    }

    async fn on_405(_: Request, error: HttpError) -> Result<()> {
        Err(HttpError::new(error.status(), "Wrong method"))
    }

    async fn on_500(_: Request, _: HttpError) -> Text<&'static str> {
        Text("Oops")
    }

    async fn on_http(_: Request, error: HttpError) -> Response<Value> {
        Response::new(json!({"error": error.detail()})).header("x-handled", "1")
    }

    #[tokio::test]
    async fn an_app_answers_errors_in_its_own_way() {
        let service = app()
            .on_error(on_shop)
            .on_error(on_inner)
            .on_error(on_io)
            .on_error(on_http)
            .on_validation_error(on_invalid)
            .on_status(405, on_405)
            .on_status(500, on_500)
            .build()
            .unwrap();
        for (path, status, body) in [
            ("/fail/0", 410, r#"{"error":"Item 5 not found","path":"/fail/0"}"#),
            ("/fail/5", 503, r#"{"error":"Service Unavailable","path":"/fail/5"}"#),
            ("/fail/8", 500, r#"{"error":"the disk, at sda","path":"/fail/8"}"#),
            // What is transparent is handled as what it holds.
            ("/fail/6", 402, r#"{"error":["pay"]}"#),
            ("/fail/7", 418, "I am a teapot"),
            ("/refused", 418, "I am a teapot"),
            ("/io", 500, "Other"),
            ("/number", 500, "Oops"),
            ("/panic", 500, "Oops"),
            ("/fail/x", 400, r#"{"body":null,"kinds":["int_parsing"]}"#),
            ("/nowhere", 404, r#"{"error":"Not Found"}"#),
            ("/shortage", 405, r#"{"detail":"Wrong method"}"#),
        ] {
            let answer = get(&service, path).await;
            assert_eq!((answer.status, answer.body.as_str()), (status, body), "{path}");
        }
        let invalid = post(&service, "/shortage", r#"{"left": "x"}"#).await;
        assert_eq!(invalid.json(), json!({"kinds": ["missing", "int_parsing"], "body": {"left": "x"}}));
        assert_eq!(get(&service, "/nowhere").await.header("x-handled"), "1");
    }

    #[tokio::test]
    async fn problem_details_are_one_line() {
        let service = app().problem_details().build().unwrap();
        let problem = |status: u16, title: &str, own: Value| {
            let mut problem = json!({"type": "about:blank", "title": title, "status": status});
            problem.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
            problem
        };
        for (path, expected) in [
            ("/fail/0", problem(404, "Not Found", json!({"detail": "Item 5 not found"}))),
            ("/fail/3", problem(409, "Conflict", json!({"wanted": 3, "left": 1}))),
            ("/fail/6", problem(402, "Payment Required", json!({"errors": ["pay"]}))),
            ("/panic", problem(500, "Internal Server Error", json!({}))),
            ("/nowhere", problem(404, "Not Found", json!({}))),
            ("/shortage", problem(405, "Method Not Allowed", json!({}))),
            (
                "/fail/x",
                problem(
                    422,
                    "Unprocessable Entity",
                    json!({"errors": [{
                        "type": "int_parsing",
                        "loc": ["path", "case"],
                        "msg": "Input should be a valid integer, unable to parse string as an integer",
                        "input": "x",
                    }]}),
                ),
            ),
        ] {
            let answer = get(&service, path).await;
            assert_eq!(answer.json(), expected, "{path}");
            assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
            assert_eq!(answer.status, expected["status"], "{path}");
        }
        assert_eq!(get(&service, "/shortage").await.header("allow"), "POST");
        let own = get(&service, "/fail/4").await;
        assert_eq!(own.header("content-type"), "application/json", "a body of its own stays as it is");
        let headers = [("content-length", "999999999")];
        let large = send(&service, "POST", "/shortage", &headers, ()).await;
        assert_eq!((large.status, large.json()["detail"].clone()), (413, json!("Content Too Large")));
        let document = get(&service, "/openapi.json").await.json();
        let responses = &document["paths"]["/fail/{case}"]["get"]["responses"];
        let content = |name: &str| json!({"application/problem+json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}});
        assert_eq!(responses["404"]["content"], content("ProblemDetails"));
        assert_eq!(responses["422"]["content"], content("ValidationProblem"));
        assert!(document["components"]["schemas"].get("HTTPValidationError").is_none());
        let required = &document["components"]["schemas"]["ProblemDetails"]["required"];
        assert_eq!(required, &json!(["type", "title", "status"]));
    }
}
