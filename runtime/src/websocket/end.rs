//! [`SocketEnd`]: what a function of `#[websocket]` returns.

use poem::Response;

use super::Close;
use crate::operation::{Failure, raised};

/// What a function of `#[websocket]` may return: nothing, or a `Result` of nothing.
///
/// Nothing closes the connection with 1000. An error refuses the handshake with its own answer or, once the client was
/// accepted, closes the connection with 1011; a [`Close`] says otherwise.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be what a WebSocket's function returns",
    label = "this type has no `SocketEnd`",
    note = "return nothing, or `versify::Result<()>`"
)]
pub trait SocketEnd {
    /// The answer, if the handshake was not answered before; it carries the [`Close`].
    fn end(self) -> Response;
}

impl SocketEnd for () {
    fn end(self) -> Response {
        // What comes after the operation sees a success; a handshake that was not answered is refused all the same.
        let mut response = Response::default();
        response.extensions_mut().insert(Close::new(Close::NORMAL));
        response
    }
}

impl<E: Failure> SocketEnd for Result<(), E> {
    fn end(self) -> Response {
        match self {
            Ok(()) => ().end(),
            Err(error) => raised(error.fail()),
        }
    }
}
