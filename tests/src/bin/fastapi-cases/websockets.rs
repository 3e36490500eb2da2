use super::Case;

pub const CASES: &[Case] =
    &[("websockets_.tutorial001", tutorial001::app), ("websockets_.tutorial002", tutorial002::app)];

mod tutorial001 {
    use versify::prelude::*;

    const HTML: &str = include_str!("websockets/tutorial001.html");

    #[get("/")]
    async fn get() -> poem::Response {
        poem::Response::builder().content_type("text/html; charset=utf-8").body(HTML)
    }

    #[websocket("/ws")]
    async fn websocket_endpoint(mut websocket: WebSocket) -> Result<()> {
        websocket.accept().await?;
        loop {
            let data = websocket.receive_text().await?;
            websocket.send_text(format!("Message text was: {data}")).await?;
        }
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![get, websocket_endpoint])
    }
}

mod tutorial002 {
    use versify::prelude::*;

    const HTML: &str = include_str!("websockets/tutorial002.html");

    #[get("/")]
    async fn get() -> poem::Response {
        poem::Response::builder().content_type("text/html; charset=utf-8").body(HTML)
    }

    #[dependency]
    async fn get_cookie_or_token(#[cookie] session: Option<String>, token: Option<String>) -> Result<String> {
        Ok(session.or(token).ok_or(Close::new(Close::POLICY))?)
    }

    #[websocket("/items/{item_id}/ws")]
    async fn websocket_endpoint(
        mut websocket: WebSocket,
        item_id: String,
        q: Option<i64>,
        cookie_or_token: Depends<get_cookie_or_token>,
    ) -> Result<()> {
        websocket.accept().await?;
        loop {
            let data = websocket.receive_text().await?;
            websocket.send_text(format!("Session cookie or query token value is: {}", *cookie_or_token)).await?;
            if let Some(q) = q {
                websocket.send_text(format!("Query parameter q is: {q}")).await?;
            }
            websocket.send_text(format!("Message text was: {data}, for item ID: {item_id}")).await?;
        }
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![get, websocket_endpoint])
    }
}
