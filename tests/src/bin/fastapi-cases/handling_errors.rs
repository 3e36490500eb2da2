use super::Case;

pub const CASES: &[Case] = &[
    ("handling_errors.tutorial001", tutorial001::app),
    ("handling_errors.tutorial002", tutorial002::app),
    ("handling_errors.tutorial003", tutorial003::app),
    ("handling_errors.tutorial004", tutorial004::app),
    ("handling_errors.tutorial005", tutorial005::app),
    ("handling_errors.tutorial006", tutorial006::app),
];

mod tutorial001 {
    use versify::prelude::*;

    #[get("/items/{item_id}")]
    async fn read_item(item_id: String) -> Result<Value> {
        if item_id != "foo" {
            return Err(HttpError::new(404, "Item not found"));
        }
        Ok(json!({"item": "The Foo Wrestlers"}))
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_item])
    }
}

mod tutorial002 {
    use versify::{
        poem::http::{HeaderName, HeaderValue},
        prelude::*,
    };

    #[get("/items-header/{item_id}")]
    async fn read_item_header(item_id: String) -> Result<Value> {
        if item_id != "foo" {
            return Err(HttpError::new(404, "Item not found")
                .header(HeaderName::from_static("x-error"), HeaderValue::from_static("There goes my error")));
        }
        Ok(json!({"item": "The Foo Wrestlers"}))
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_item_header])
    }
}

mod tutorial003 {
    use versify::{poem::Request, prelude::*};

    #[errors]
    #[derive(Debug)]
    pub enum UnicornError {
        #[error(internal, "{name}")]
        Unicorn { name: String },
    }

    async fn unicorn_exception_handler(_: Request, error: UnicornError) -> Response<Value> {
        let UnicornError::Unicorn { name } = error;
        let message = format!("Oops! {name} did something. There goes a rainbow...");
        Response::new(json!({"message": message})).status(418)
    }

    #[get("/unicorns/{name}")]
    async fn read_unicorn(name: String) -> Result<Value, UnicornError> {
        if name == "yolo" {
            return Err(UnicornError::Unicorn { name });
        }
        Ok(json!({"unicorn_name": name}))
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").on_error(unicorn_exception_handler).routes(routes![read_unicorn])
    }
}

mod tutorial004 {
    use versify::{Text, ValidationError, decode::Segment, poem::Request, prelude::*};

    async fn http_exception_handler(_: Request, error: HttpError) -> Response<Text> {
        let detail = error.detail().unwrap_or_default();
        Response::new(Text(detail.as_str().unwrap_or_default().to_owned())).status(error.status())
    }

    /// As Python writes a tuple.
    fn location(location: &[Segment]) -> String {
        let steps = location.iter().map(|step| match step {
            Segment::Key(key) => format!("'{key}'"),
            Segment::Index(index) => index.to_string(),
            Segment::Label(label) => format!("'{label}'"),
        });
        format!("({})", steps.collect::<Vec<_>>().join(", "))
    }

    async fn validation_exception_handler(_: Request, error: ValidationError) -> Response<Text> {
        let mut message = "Validation errors:".to_owned();
        for issue in error.issues() {
            message += &format!("\nField: {}, Error: {}", location(issue.location()), issue.message());
        }
        Response::new(Text(message)).status(400)
    }

    #[get("/items/{item_id}")]
    async fn read_item(item_id: i64) -> Result<Value> {
        if item_id == 3 {
            return Err(HttpError::new(418, "Nope! I don't like 3."));
        }
        Ok(json!({"item_id": item_id}))
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0")
            .on_error(http_exception_handler)
            .on_validation_error(validation_exception_handler)
            .routes(routes![read_item])
    }
}

mod tutorial005 {
    use versify::{ValidationError, poem::Request, prelude::*};

    async fn validation_exception_handler(_: Request, error: ValidationError) -> Value {
        json!({"detail": error.errors(), "body": error.body()})
    }

    #[model]
    pub struct Item {
        title: String,
        size: i64,
    }

    #[post("/items/")]
    async fn create_item(item: Item) -> Item {
        item
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").on_validation_error(validation_exception_handler).routes(routes![create_item])
    }
}

mod tutorial006 {
    use versify::{ValidationError, poem::Request, prelude::*};

    async fn custom_http_exception_handler(_: Request, error: HttpError) -> Result<()> {
        println!("OMG! An HTTP error!: {error:?}");
        Err(error)
    }

    async fn validation_exception_handler(_: Request, error: ValidationError) -> Result<()> {
        println!("OMG! The client sent invalid data!: {error:?}");
        Err(error.into())
    }

    #[get("/items/{item_id}")]
    async fn read_item(item_id: i64) -> Result<Value> {
        if item_id == 3 {
            return Err(HttpError::new(418, "Nope! I don't like 3."));
        }
        Ok(json!({"item_id": item_id}))
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0")
            .on_error(custom_http_exception_handler)
            .on_validation_error(validation_exception_handler)
            .routes(routes![read_item])
    }
}
