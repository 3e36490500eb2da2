use super::Case;

pub const CASES: &[Case] = &[
    ("additional_responses.tutorial001", tutorial001::app),
    ("additional_responses.tutorial002", tutorial002::app),
    ("additional_responses.tutorial003", tutorial003::app),
    ("additional_responses.tutorial004", tutorial004::app),
];

mod tutorial001 {
    use versify::prelude::*;

    #[model]
    pub struct Item {
        id: String,
        value: String,
    }

    #[model]
    #[derive(Debug)]
    pub struct Message {
        message: String,
    }

    #[errors]
    #[derive(Debug)]
    pub enum ItemError {
        #[error(status = 404)]
        NotFound(#[body] Message),
    }

    #[get("/items/{item_id}")]
    async fn read_item(item_id: String) -> Result<Item, ItemError> {
        if item_id == "foo" {
            return Ok(Item { id: "foo".to_owned(), value: "there goes my hero".to_owned() });
        }
        Err(ItemError::NotFound(Message { message: "Item not found".to_owned() }))
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_item])
    }
}

mod tutorial002 {
    use versify::{Either, FileResponse, prelude::*};

    #[model]
    pub struct Item {
        id: String,
        value: String,
    }

    #[get("/items/{item_id}", responses(
        200 = (content_type = "image/png", description = "Return the JSON item or an image.")
    ))]
    async fn read_item(item_id: String, img: Option<bool>) -> Either<Item, FileResponse> {
        let _ = item_id;
        if img == Some(true) {
            Either::Right(FileResponse::new("image.png").media_type("image/png"))
        } else {
            Either::Left(Item { id: "foo".to_owned(), value: "there goes my hero".to_owned() })
        }
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_item])
    }
}

mod tutorial003 {
    use versify::prelude::*;

    #[model]
    pub struct Item {
        id: String,
        value: String,
    }

    #[model]
    #[derive(Debug)]
    pub struct Message {
        message: String,
    }

    #[errors]
    #[derive(Debug)]
    pub enum ItemError {
        /// The item was not found
        #[error(status = 404)]
        NotFound(#[body] Message),
    }

    #[get("/items/{item_id}", responses(
        200 = (description = "Item requested by ID", example = json!({"id": "bar", "value": "The bar tenders"}))
    ))]
    async fn read_item(item_id: String) -> Result<Item, ItemError> {
        if item_id == "foo" {
            Ok(Item { id: "foo".to_owned(), value: "there goes my hero".to_owned() })
        } else {
            Err(ItemError::NotFound(Message { message: "Item not found".to_owned() }))
        }
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_item])
    }
}

mod tutorial004 {
    use versify::{Either, FileResponse, openapi::Responses, prelude::*};

    #[model]
    pub struct Item {
        id: String,
        value: String,
    }

    fn responses() -> Responses {
        Responses::new().on(404, "Item not found").on(302, "The item was moved").on(403, "Not enough privileges")
    }

    #[get("/items/{item_id}", responses(..responses(), 200 = (content_type = "image/png")))]
    async fn read_item(item_id: String, img: Option<bool>) -> Either<Item, FileResponse> {
        let _ = item_id;
        if img == Some(true) {
            Either::Right(FileResponse::new("image.png").media_type("image/png"))
        } else {
            Either::Left(Item { id: "foo".to_owned(), value: "there goes my hero".to_owned() })
        }
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_item])
    }
}
