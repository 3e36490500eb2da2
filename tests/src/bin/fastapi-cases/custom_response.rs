use super::Case;

pub const CASES: &[Case] = &[
    ("custom_response.tutorial001", tutorial001::app),
    ("custom_response.tutorial001b", tutorial001::app),
    ("custom_response.tutorial002", tutorial002::app),
    ("custom_response.tutorial003", tutorial003::app),
    ("custom_response.tutorial004", tutorial004::app),
    ("custom_response.tutorial005", tutorial005::app),
    ("custom_response.tutorial006", tutorial006::app),
    ("custom_response.tutorial006b", tutorial006b::app),
    ("custom_response.tutorial006c", tutorial006c::app),
    ("custom_response.tutorial007", tutorial007::app),
    ("custom_response.tutorial009", tutorial009::app),
    ("custom_response.tutorial009b", tutorial009::app),
    ("custom_response.tutorial009c", tutorial009c::app),
    ("custom_response.tutorial010", tutorial010::app),
];

mod tutorial001 {
    use versify::prelude::*;

    #[get("/items/")]
    async fn read_items() -> Value {
        json!([{"item_id": "Foo"}])
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial002 {
    use versify::{Html, prelude::*};

    #[get("/items/")]
    async fn read_items() -> Html<&'static str> {
        Html(
            r"
    <html>
        <head>
            <title>Some HTML in here</title>
        </head>
        <body>
            <h1>Look ma! HTML!</h1>
        </body>
    </html>
    ",
        )
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial004 {
    use versify::{Html, prelude::*};

    fn generate_html_response() -> Response<Html<&'static str>> {
        let html_content = r"
    <html>
        <head>
            <title>Some HTML in here</title>
        </head>
        <body>
            <h1>Look ma! HTML!</h1>
        </body>
    </html>
    ";
        Response::new(Html(html_content)).status(200)
    }

    #[get("/items/")]
    async fn read_items() -> Response<Html<&'static str>> {
        generate_html_response()
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial005 {
    use versify::{Text, prelude::*};

    #[get("/")]
    async fn main() -> Text<&'static str> {
        Text("Hello World")
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![main])
    }
}

mod tutorial006 {
    use versify::{Redirect, poem::IntoResponse, prelude::*};

    // The original's document shows a 200 of any JSON.
    #[get("/typer")]
    async fn redirect_typer() -> poem::Response {
        Redirect::to("https://typer.tiangolo.com").into_response()
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![redirect_typer])
    }
}

mod tutorial006b {
    use versify::{Redirect, prelude::*};

    #[get("/fastapi")]
    async fn redirect_fastapi() -> Redirect {
        Redirect::to("https://fastapi.tiangolo.com")
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![redirect_fastapi])
    }
}

mod tutorial006c {
    use versify::{Redirect, prelude::*};

    #[get("/pydantic", status = 302)]
    async fn redirect_pydantic() -> Redirect {
        Redirect::to("https://docs.pydantic.dev/")
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![redirect_pydantic])
    }
}

mod tutorial007 {
    use versify::{ByteStream, prelude::*};

    fn fake_video_streamer() -> impl Stream<Item = &'static [u8]> {
        stream! {
            for _ in 0..10 {
                yield &b"some fake video bytes"[..];
                tokio::task::yield_now().await;
            }
        }
    }

    #[get("/")]
    async fn main() -> ByteStream<impl Stream<Item = &'static [u8]>> {
        ByteStream::new(fake_video_streamer())
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![main])
    }
}

mod tutorial009 {
    use versify::{FileResponse, prelude::*};

    const SOME_FILE_PATH: &str = "large-video-file.mp4";

    #[get("/")]
    async fn main() -> FileResponse {
        FileResponse::new(SOME_FILE_PATH)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![main])
    }
}

mod tutorial010 {
    use versify::{Html, prelude::*};

    #[get("/items/")]
    async fn read_items() -> Html<&'static str> {
        Html("<h1>Items</h1><p>This is a list of items.</p>")
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial003 {
    use versify::{
        Html,
        poem::{IntoResponse, Response},
        prelude::{App, get, routes},
    };

    #[get("/items/")]
    async fn read_items() -> Response {
        let html_content = r"
    <html>
        <head>
            <title>Some HTML in here</title>
        </head>
        <body>
            <h1>Look ma! HTML!</h1>
        </body>
    </html>
    ";
        Html(html_content).into_response()
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial009c {
    use versify::{Bytes, ResponseClass, prelude::*};

    struct Indented;

    impl ResponseClass for Indented {
        const MEDIA_TYPE: &'static str = "application/json";

        fn render(json: Bytes) -> Bytes {
            versify::serde_json::from_slice::<Value>(&json).map_or(json, |value| format!("{value:#}").into())
        }
    }

    #[get("/", response_class = Indented)]
    async fn root() -> Value {
        json!({"message": "Hello World"})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![root])
    }
}
