//! WebSockets: functions that talk with a client until one of the two has had enough.
//!
//! The function runs before the handshake is answered: until it accepts (or receives, or sends) it may refuse the
//! client with an ordinary answer. A task of its own carries the messages, so that pings are answered and the server's
//! end is noticed while the function is busy.

mod accept;
mod close;
mod end;
mod handshake;
mod pump;
mod socket;

pub use accept::Accept;
pub use close::{Close, SocketError};
pub use end::SocketEnd;
pub(crate) use handshake::{Handshake, is_handshake, is_offered, refuse};
pub use poem::web::websocket::Message;
pub use socket::WebSocket;
