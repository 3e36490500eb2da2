use versify::prelude::*;

#[errors]
#[derive(Debug)]
enum ShopError {
    NoAttribute(u64),
    #[error(status = 404, "Item {1} not found")]
    NoSuchField(u64),
    #[error(status = 404, "{nam} is closed")]
    Misspelled { name: String },
    #[error(status = 4040, "no")]
    NoStatus,
    #[error("no")]
    StatusMissing,
    #[error(statos = 404, "no")]
    UnknownOption,
    #[error(transparent)]
    NothingToShow,
    #[error(internal, status = 503)]
    InternalWithStatus,
    #[error(status = 409)]
    TwoBodies(#[detail] String, #[body] String),
    #[error(status = 429, "{0", headers("retry after" = "{0}"))]
    Headers(u32),
    #[error(status = 400, "{0}")]
    MoreThanFrom(#[from] std::fmt::Error, u8),
}

#[errors]
struct NoEnum;

#[get("/")]
async fn read() -> Result<(), ShopError> {
    Err(ShopError::NoStatus)
}

fn main() {}
