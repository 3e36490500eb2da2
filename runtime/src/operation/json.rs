//! [`Json`]: an answer of any type that serde writes, and a text that holds JSON.

use poem::{IntoResponse, Response, http::StatusCode};
use serde::{Deserializer, Serialize, Serializer, de::IntoDeserializer};

use super::{Description, Parameter, Reply, reply_json};
use crate::{
    decode::{Content, Context, ContextValue, Decode, Issue, JsonReader, Mode, QUOTED, Scalar, decode_scalar},
    openapi::{Components, Describe, Place, Schema},
};

/// Answers with a value that serde writes as JSON, of a type that is no `#[model]`.
///
/// The document shows what the type's [`Describe`] says.
///
/// ```
/// use versify::{Json, openapi::{Components, Describe, Schema}, prelude::*};
///
/// /// Written in a way of its own.
/// struct Squares(u32);
///
/// impl serde::Serialize for Squares {
///     fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
///         serializer.collect_seq((0..self.0).map(|n| n * n))
///     }
/// }
///
/// impl Describe for Squares {
///     fn describe(components: &mut Components) -> Schema {
///         Schema::array(u32::describe(components))
///     }
/// }
///
/// #[get("/squares/{count}")]
/// async fn squares(count: u32) -> Json<Squares> {
///     Json(Squares(count))
/// }
/// ```
///
/// As an argument or a field it is a text that holds JSON, such as `?filter={"price":5}`. Faults within have their place.
///
/// ```
/// use versify::{Json, prelude::*};
///
/// #[model]
/// struct Filter {
///     price: f64,
/// }
///
/// #[get("/items")]
/// async fn list_items(filter: Json<Filter>) -> f64 {
///     filter.0.price
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), versify::StartError> {
/// # let client = poem::test::TestClient::new(App::new("Shop", "1.0.0").routes(routes![list_items]).build()?);
/// # client.get("/items?filter=%7B%22price%22:5%7D").send().await.assert_json(5.0).await;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Json<T>(pub T);

impl<T: Decode> Scalar for Json<T> {
    fn wrong() -> Issue {
        Issue::new("json_type", "JSON input should be string, bytes or bytearray")
    }

    fn from_text(text: &str, cx: &mut Context) -> Option<Self> {
        let mut within = Context::new(Mode::Json);
        let mut source = JsonReader::new(text);
        let read = match T::decode(&mut source, &mut within).and_then(|value| source.end().map(|()| value)) {
            Ok(read) => read,
            // Broken; or what only the tree of values holds, such as deeper nesting.
            Err(_) => match serde_json::from_str::<Content<'_>>(text) {
                Ok(content) => {
                    within = Context::new(Mode::Json);
                    let source = IntoDeserializer::<serde::de::value::Error>::into_deserializer(&content);
                    T::decode(source, &mut within).ok().flatten()
                }
                Err(error) => {
                    let error = error.to_string();
                    let issue = Issue::new("json_invalid", format!("Invalid JSON: {error}"));
                    return cx.refuse(issue.with("error", ContextValue::Text(error.into())));
                }
            },
        };
        if read.is_none() {
            report_within(within, text, cx);
        }
        read.map(Self)
    }
}

/// The faults within quote the JSON in the text, which the request around does not show.
#[cold]
fn report_within(within: Context, text: &str, cx: &mut Context) {
    let content: Content<'_> = serde_json::from_str(text).unwrap_or(Content::Null);
    let masked = (!within.secrets().is_empty()).then(|| content.masked(within.secrets()));
    let mut budget = QUOTED;
    for mut issue in within.into_issues() {
        issue.finish(&[], masked.as_ref().unwrap_or(&content), &mut budget);
        // The walk around goes on from the inside outwards.
        issue.location.reverse();
        cx.report(issue);
    }
}

impl<T: Decode> Decode for Json<T> {
    const SECRET: bool = T::SECRET;

    fn decode<'de, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<Self>, D::Error> {
        decode_scalar(source, cx)
    }
}

impl<T: Describe> Describe for Json<T> {
    fn describe(components: &mut Components) -> Schema {
        let schema = T::describe(components);
        if components.is_output() {
            return schema;
        }
        Schema {
            content_media_type: Some("application/json"),
            content_schema: Some(Box::new(schema)),
            ..Schema::string()
        }
    }
}

impl<T: Decode + Describe + Send + 'static> Parameter for Json<T> {
    const PLACE: Place = Place::Query;
}

impl<T: Serialize> Serialize for Json<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T: Serialize + Describe> Reply for Json<T> {
    fn reply(self, status: StatusCode) -> Response {
        reply_json(&self.0, status)
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        description.json_response::<T>(status);
    }
}

/// As JSON, with a 200.
impl<T: Serialize + Send> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        reply_json(&self.0, StatusCode::OK)
    }
}
