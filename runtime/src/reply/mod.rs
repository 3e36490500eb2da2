//! Answers of other forms than JSON, and with headers and cookies of their own.

mod cookie;
mod deferred;
mod either;
mod file;
mod head;
mod media;
mod no_content;
mod redirect;
mod response;
mod response_class;
mod tagged;

pub(crate) use cookie::set_cookie;
pub use cookie::{Cookie, SameSite};
pub(crate) use deferred::Deferred;
pub use either::Either;
pub use file::FileResponse;
pub use head::ResponseHead;
pub use media::{Html, Text, Xml, describe_media, media_response};
pub use no_content::NoContent;
pub use redirect::Redirect;
pub(crate) use response::HeaderFault;
pub use response::Response;
pub use response_class::{Class, ResponseClass};
pub use tagged::{IfNoneMatch, Tagged};
