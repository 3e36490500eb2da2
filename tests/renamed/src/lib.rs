//! A user who calls versify something else, and denies everything that a compiler can complain of.

#![deny(warnings, missing_docs, unused, unreachable_pub, clippy::all, clippy::pedantic)]
// What pedants say of the functions below, not of what the macros make of them.
#![allow(clippy::must_use_candidate, clippy::missing_errors_doc, clippy::unused_async)]

pub mod options;

use api::prelude::*;

/// A thing.
#[model(partial = ThingPatch)]
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    /// Its name.
    #[field(min_length = 1, pattern = "^[a-z]+$", examples = ["bolt"])]
    pub name: String,
    /// How many there are.
    #[field(default = 1, ge = 0)]
    pub count: u32,
}

/// A page of things.
#[model]
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
}

/// A shape.
#[model(tag = "kind")]
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A circle.
    Circle {
        /// How far it reaches.
        radius: f64,
    },
    /// Nothing at all.
    Nothing,
}

/// Its size.
#[model]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Small.
    Small,
    /// Large.
    Large,
}

/// Who is asking.
#[dependency]
pub fn caller(#[header(default = "nobody")] user: String) -> String {
    user
}

/// Reads a thing.
#[get("/things/{name}", tags = ["things"])]
pub async fn read_thing(
    #[path(max_length = 20)] name: String,
    size: Option<Size>,
    #[query(default = 1, ge = 1)] count: u32,
    caller: Depends<caller>,
) -> Result<Thing> {
    let _ = (size, caller);
    Ok(Thing { name, count })
}

/// Creates things.
#[post("/things", status = 201)]
pub fn create_things(things: Vec<Thing>) -> Page<Thing> {
    Page { items: things }
}

/// Turns a shape.
#[put("/shape", inline)]
pub fn turn(shape: Shape) -> Shape {
    shape
}

/// The app; items within a function do as well.
pub fn app() -> App {
    /// Says what is left.
    #[model]
    struct Rest {
        /// How much.
        left: u8,
    }

    /// What is left.
    #[get("/rest")]
    async fn rest() -> Rest {
        Rest { left: 0 }
    }

    App::new("renamed", "1.0.0").routes(routes![read_thing, create_things, turn, rest])
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_starts() {
        assert!(super::app().build().is_ok());
        let all = super::options::app().build();
        assert!(all.is_ok(), "{:?}", all.err());
    }
}
