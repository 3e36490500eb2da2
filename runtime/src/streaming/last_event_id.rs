//! [`LastEventId`]: the last server-sent event that a client has seen.

use std::ops::Deref;

use crate::{
    decode::{Decode, Field},
    openapi::{Describe, Place},
    operation::{Argument, Call, Description},
};

/// The id of the last event that a client has seen, which it sends when it connects again.
///
/// ```
/// use versify::{LastEventId, prelude::*};
///
/// /// Counts on from where the client was.
/// #[get("/count")]
/// async fn count(last: LastEventId<u32>) -> Events<impl Stream<Item = Event<u32>>> {
///     let start = last.map_or(0, |last| last + 1);
///     Events::new(stream! {
///         for number in start..10 {
///             yield Event::data(number).id(number);
///         }
///     })
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastEventId<T = String>(pub Option<T>);

impl<T> Deref for LastEventId<T> {
    type Target = Option<T>;

    fn deref(&self) -> &Option<T> {
        &self.0
    }
}

impl<T: Decode + Describe + 'static> LastEventId<T> {
    const HEADER: Field<Option<T>> = Field::new("last-event-id");
}

impl<T: Decode + Describe + Send + 'static> Argument for LastEventId<T> {
    fn describe(_: &Field<Self>, description: &mut Description<'_>) {
        description.parameter(Place::Header, &Self::HEADER);
    }

    fn prepare(_: &Field<Self>, call: &mut Call) -> Option<Self> {
        call.header(&Self::HEADER).map(Self)
    }
}
