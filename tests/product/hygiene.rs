//! Names of the user's that are those of the prelude do no harm.

#![no_implicit_prelude]
#![deny(warnings, missing_docs)]
#![allow(unreachable_pub, dead_code)]

/// Not std's.
pub struct Result;
/// Not std's.
pub struct Option;
/// Not std's.
pub struct String;
/// Not std's.
pub mod std {}
/// Not std's.
pub mod core {}
/// Not std's.
pub mod alloc {}
/// Not ours.
pub mod versify {}
/// Not ours.
pub mod poem {}
/// Not serde's.
pub mod serde {}
/// Not std's.
pub struct Vec;
/// Not std's.
pub struct Box;
/// Not std's.
pub struct Ok;
/// Not std's.
pub struct Err;
/// Not std's.
pub struct Some;
/// Not std's.
pub struct None;
/// Not std's.
pub trait Default {}
/// Not std's.
pub trait From {}
/// Not std's.
pub trait Into {}
/// Not std's.
pub trait Send {}
/// Not std's.
pub trait Sync {}
/// Not std's.
pub trait Sized {}
/// Not std's.
pub trait Clone {}
/// Not std's.
pub trait Iterator {}
/// Not std's.
pub trait Future {}
/// Not std's.
pub trait Fn {}
/// Not serde's.
pub trait Serialize {}
/// Not serde's.
pub trait Deserialize {}

/// A model.
#[::versify::model]
pub struct Item {
    /// A name.
    #[field(min_length = 1, default = "x", pattern = "^a")]
    pub name: ::std::string::String,
    /// A number.
    #[field(ge = 1)]
    pub r#type: ::std::option::Option<u32>,
}

/// A union.
#[::versify::model(tag = "kind")]
pub enum Either {
    /// One.
    One(Item),
    /// Another.
    Two {
        /// A number.
        n: u8,
    },
    /// Neither.
    Three,
}

/// A union whose variants are called as type parameters of generated code are.
#[::versify::model(tag = "kind")]
pub enum Letter {
    /// One.
    A {
        /// A number.
        n: u8,
    },
    /// Another.
    D {
        /// A number.
        n: u8,
    },
    /// A third.
    S {
        /// A number.
        n: u8,
    },
}

/// Names.
#[::versify::model]
pub enum Name {
    /// One.
    Some,
    /// Another.
    None,
}

/// An operation.
#[::versify::post("/{r}/x", status = 201)]
pub async fn create(
    r: u8,
    item: Item,
    #[query(default = 3)] n: u8,
    state: ::versify::State<u8>,
) -> ::versify::Result<Item> {
    let _ = (r, n, state);
    ::std::result::Result::Ok(item)
}

/// What is new of one.
#[::versify::model(partial = PartChange, validate = whole, computed = [double], rename_all = "camelCase")]
pub struct Part {
    /// A number.
    #[field(default, alias = ["n", "number"], validate = small)]
    pub own_n: u8,
    /// What others call it.
    #[field(default = "x")]
    pub name: ::std::string::String,
    /// Numbers.
    #[field(items(ge = 1), unique_items)]
    pub all: ::std::vec::Vec<u8>,
    /// Another.
    #[field(flatten)]
    pub item: Item,
}

impl Part {
    /// Twice that.
    pub fn double(&self) -> u16 {
        (self.own_n as u16) * 2
    }
}

fn whole(_: &Part) -> ::std::result::Result<(), ::std::string::String> {
    ::std::result::Result::Ok(())
}

fn small(_: &u8) -> ::std::result::Result<(), &'static str> {
    ::std::result::Result::Ok(())
}

/// A name of its own.
#[::versify::model]
pub struct Named(#[field(min_length = 1)] pub ::std::string::String);

/// Many of one.
#[::versify::model]
pub struct Many<T> {
    /// All of them.
    pub all: ::std::vec::Vec<T>,
}

/// One of two.
#[::versify::model(untagged)]
pub enum Two {
    /// A number.
    Number(u64),
    /// A text.
    Text(::std::string::String),
}

/// What goes wrong.
#[::versify::errors]
#[derive(::std::fmt::Debug)]
pub enum Fault {
    /// It is not there.
    #[error(status = 404, "No {0}", headers("x-n" = "{0}"))]
    Missing(u8),
    /// It is too much.
    #[error(status = 409, "{n}")]
    Much {
        /// How much.
        n: u8,
    },
    /// Others'.
    #[error(transparent)]
    Other(#[from] ::versify::HttpError),
    /// The disk.
    #[error(internal)]
    Disk(#[from] ::std::io::Error),
}

/// A dependency.
#[::versify::dependency(max_concurrency = 2)]
pub async fn caller(#[header] token: ::std::option::Option<::std::string::String>) -> ::std::result::Result<u8, Fault> {
    let _ = token;
    ::std::result::Result::Ok(1)
}

/// An operation.
#[::versify::route("/part", method = [PUT, PATCH], exclude_none, etag, responses(404 = "Not here"))]
pub async fn part(part: PartChange, caller: ::versify::Depends<caller>) -> ::std::result::Result<Many<Named>, Fault> {
    let _ = (part, caller);
    ::std::result::Result::Ok(Many { all: ::std::vec::Vec::new() })
}

/// An operation.
#[::versify::post("/whole")]
pub fn take(part: Part) -> Two {
    Two::Number(part.own_n as u64)
}

/// An operation.
#[::versify::post("/form")]
pub async fn form(#[form] n: u8, #[file] file: ::versify::UploadFile) -> u8 {
    let _ = file;
    n
}

/// An operation.
#[::versify::websocket("/talk")]
pub async fn talk(mut socket: ::versify::WebSocket<Either, Either>) -> ::versify::Result<()> {
    let message = socket.receive().await?;
    socket.send(&message).await?;
    ::std::result::Result::Ok(())
}

/// An operation.
#[::versify::get("/either")]
pub fn either() -> Either {
    Either::Three
}

#[::std::prelude::v1::test]
fn it_builds() {
    let app =
        ::versify::App::new("", "").state(1_u8).routes(::versify::routes![create, either, part, take, form, talk]);
    ::std::assert!(app.build().is_ok());
}
