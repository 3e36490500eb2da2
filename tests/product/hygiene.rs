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

/// An operation.
#[::versify::get("/either")]
pub fn either() -> Either {
    Either::Three
}

#[::std::prelude::v1::test]
fn it_builds() {
    let app = ::versify::App::new("", "").state(1_u8).routes(::versify::routes![create, either]).build();
    ::std::assert!(app.is_ok());
}
