//! Answers and bodies in pieces: each item is written when it comes, and read when it is asked for.

mod blocking;
mod body;
mod byte_stream;
mod event;
mod events;
mod item;
mod json_lines;
mod json_lines_body;
mod last_event_id;
mod python_json;
mod text_stream;

pub use blocking::Blocking;
pub use byte_stream::{ByteStream, MediaType, Piece, Untyped};
pub use event::{Event, EventFault};
pub use events::{EventItem, Events};
pub use item::StreamItem;
pub use json_lines::JsonLines;
pub use json_lines_body::{JsonLinesBody, LineError};
pub use last_event_id::LastEventId;
pub use text_stream::TextStream;
