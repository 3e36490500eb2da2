//! [`Responses`]: answers that are documented beside what the signature says.

use serde_json::Value;

use super::{Components, Describe, Example, HeaderSpec, Link, MediaSpec, ResponseSpec, ResponseStatus, Schema};

/// Answers that are documented beside what the signature says, by status.
///
/// An operation takes them as `responses(404 = (..))`; several share them by `responses(..function())`.
///
/// ```
/// use versify::{openapi::{ResponseDoc, ResponseStatus, Responses}, prelude::*};
///
/// #[model]
/// struct Message {
///     message: String,
/// }
///
/// fn usual() -> Responses {
///     Responses::new()
///         .on(403, ResponseDoc::new().description("Not enough privileges"))
///         .on(404, ResponseDoc::model::<Message>())
///         .on(ResponseStatus::Range(5), ResponseDoc::new())
/// }
///
/// #[get("/items/{item_id}", responses(..usual(), 302 = "The item was moved"))]
/// async fn read_item(item_id: u64) -> String {
///     item_id.to_string()
/// }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Responses(Vec<(ResponseStatus, ResponseDoc)>);

impl Responses {
    /// None.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// With one more; a second one for a status replaces the first.
    #[must_use]
    pub fn on(mut self, status: impl Into<ResponseStatus>, doc: impl Into<ResponseDoc>) -> Self {
        self.insert(status.into(), doc.into());
        self
    }

    /// With all of `others`, which replace those of the same status.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        for (status, doc) in others.0 {
            self.insert(status, doc);
        }
        self
    }

    /// Those of other statuses.
    pub(crate) fn without(mut self, known: impl Fn(ResponseStatus) -> bool) -> Self {
        self.0.retain(|(status, _)| !known(*status));
        self
    }

    fn insert(&mut self, status: ResponseStatus, doc: ResponseDoc) {
        match self.0.iter_mut().find(|(known, _)| *known == status) {
            Some((_, known)) => *known = doc,
            None => self.0.push((status, doc)),
        }
    }

    /// Writes them into what is known of an operation's answers; `json` is the media type of its JSON.
    pub(crate) fn document(self, json: &str, responses: &mut Vec<ResponseSpec>, components: &mut Components) {
        for (status, doc) in self.0 {
            doc.document(status, json, responses, components);
        }
    }
}

/// What the document says of an answer.
#[derive(Debug, Clone, Default)]
pub struct ResponseDoc {
    description: Option<String>,
    model: Option<Model>,
    content: Vec<MediaSpec>,
    headers: Vec<(String, HeaderSpec)>,
    links: Vec<(String, Link)>,
}

#[derive(Debug, Clone, Copy)]
struct Model {
    describe: fn(&mut Components) -> Schema,
    media_type: Option<&'static str>,
}

impl ResponseDoc {
    /// An answer of which nothing is said.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An answer that holds a `T`, in the media type of the operation's own answer.
    #[must_use]
    pub fn model<T: Describe>() -> Self {
        Self { model: Some(Model { describe: T::describe, media_type: None }), ..Self::default() }
    }

    /// An answer that holds a `T`, in this media type.
    #[must_use]
    pub fn model_as<T: Describe>(media_type: &'static str) -> Self {
        Self { model: Some(Model { describe: T::describe, media_type: Some(media_type) }), ..Self::default() }
    }

    /// What it means, in Markdown; by default the status' own phrase.
    #[must_use]
    pub fn description(self, description: impl Into<String>) -> Self {
        Self { description: Some(description.into()), ..self }
    }

    /// One more form that it takes, of which only the media type is known.
    #[must_use]
    pub fn content(mut self, media_type: impl Into<String>) -> Self {
        self.content.push(MediaSpec { media_type: media_type.into(), ..MediaSpec::default() });
        self
    }

    /// An example in a media type.
    #[must_use]
    pub fn example(mut self, media_type: impl Into<String>, example: impl Into<Value>) -> Self {
        self.content.push(MediaSpec {
            media_type: media_type.into(),
            example: Some(example.into()),
            ..MediaSpec::default()
        });
        self
    }

    /// An example with words of its own, in a media type.
    #[must_use]
    pub fn named_example(mut self, media_type: impl Into<String>, name: impl Into<String>, example: Example) -> Self {
        self.content.push(MediaSpec {
            media_type: media_type.into(),
            examples: vec![(name.into(), example)],
            ..MediaSpec::default()
        });
        self
    }

    /// A header field that comes with it.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, description: impl Into<String>) -> Self {
        let header = HeaderSpec { description: Some(description.into()), schema: Schema::string() };
        self.headers.push((name.into(), header));
        self
    }

    /// What a client may do next.
    #[must_use]
    pub fn link(mut self, name: impl Into<String>, link: Link) -> Self {
        self.links.push((name.into(), link));
        self
    }

    /// FastAPI's rules: what is said here is put over what is known.
    fn document(
        self,
        status: ResponseStatus,
        json: &str,
        responses: &mut Vec<ResponseSpec>,
        components: &mut Components,
    ) {
        let own = responses.first().and_then(|first| first.content.first()).map(|media| media.media_type.clone());
        let position = responses.iter().position(|known| known.status == status);
        let position = position.unwrap_or_else(|| {
            let spec = ResponseSpec { additional: true, ..ResponseSpec::new(status, status.words()) };
            responses.push(spec);
            responses.len() - 1
        });
        let Some(known) = responses.get_mut(position) else { return };
        if let Some(description) = self.description {
            known.description = description;
        }
        if let Some(model) = self.model {
            let schema = components.describe_output_with(model.describe);
            let media_type = model.media_type.unwrap_or_else(|| own.as_deref().unwrap_or(json));
            if let Some(media) = known.media_mut(media_type) {
                media.schema = Some(schema);
            }
        }
        for said in self.content {
            let Some(media) = known.media_mut(&said.media_type) else { continue };
            media.schema = said.schema.or(media.schema.take());
            media.example = said.example.or(media.example.take());
            media.examples.extend(said.examples);
        }
        known.headers.extend(self.headers);
        known.links.extend(self.links);
    }
}

impl From<&str> for ResponseDoc {
    fn from(description: &str) -> Self {
        Self::new().description(description)
    }
}
