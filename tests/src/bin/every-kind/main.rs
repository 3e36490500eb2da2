//! An app with every kind of argument and type, each answered with what was read: for tools that make requests out of
//! the document, and check the answers against it.

// It is read by tools, which need no documentation.
#![allow(missing_docs)]

mod bodies;
mod parameters;

use versify::{StartError, prelude::*};

/// Two values that were read. No tuple: schemathesis 4.32 cannot check one in an answer.
#[model]
struct Two<A, B> {
    first: A,
    second: B,
}

fn two<A, B>(first: A, second: B) -> Two<A, B> {
    Two { first, second }
}

#[tokio::main]
async fn main() -> Result<(), StartError> {
    App::new("Every kind", "1.0.0")
        .document_framework_answers(true)
        .routes(parameters::routes())
        .routes(bodies::routes())
        .serve()
        .await
}
