//! Keys of maps: each is read from the name in an object, and written as one. Those that cannot be are in `ui`.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    net::IpAddr,
    sync::Arc,
};

use serde::{Deserialize, Deserializer, Serialize};
use versify::{
    Json, MapKey,
    decode::{Context, Decode, Issue, Scalar, decode_scalar},
    openapi::{Components, Describe, Schema},
    prelude::*,
    types::{EmailStr, HttpUrl, Iso, Secret, TextBytes, Uuid4},
};

use crate::client::send;

#[model(rename_all = "lowercase")]
#[derive(PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Color {
    Red,
}

#[model]
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Low = 1,
}

#[model(literal)]
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Mode {
    Fast,
    #[field(value = 1)]
    First,
}

#[model]
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Label(#[field(min_length = 2)] String);

#[model]
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Outer(Label);

#[model(untagged)]
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Id {
    Number(i64),
    Text(Label),
    None,
}

/// Not a key, and a model all the same.
#[model]
struct Labels(Vec<Label>);

#[model]
struct Grid<K: MapKey + Ord> {
    cells: BTreeMap<K, u8>,
    #[field(default)]
    layers: Vec<Option<HashMap<Color, Labels>>>,
}

/// Of another crate that knows serde.
#[derive(PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Code(String);

/// A scalar by hand.
#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Sku(String);

impl Scalar for Sku {
    fn wrong() -> Issue {
        Issue::new("sku", "An SKU is text")
    }

    fn from_text(text: &str, cx: &mut Context) -> Option<Self> {
        if text.contains('-') { Some(Self(text.to_owned())) } else { cx.refuse(Self::wrong()) }
    }
}

impl Decode for Sku {
    fn decode<'de, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<Self>, D::Error> {
        decode_scalar(source, cx)
    }
}

impl Describe for Sku {
    fn describe(_: &mut Components) -> Schema {
        Schema::string()
    }
}

impl MapKey for Sku {}

/// Operations that answer with their body.
macro_rules! echoing {
    ($($name:ident $path:literal $type:ty;)*) => {
        $(
            #[post($path)]
            async fn $name(#[body] value: $type) -> $type {
                value
            }
        )*

        fn app() -> App {
            App::new("Keys", "1").routes(routes![$($name),*, borrowed, kept]).state(Kept::from([((1, 2), 3)]))
        }
    };
}

type Kept = HashMap<(u8, u8), u8>;

/// What no request brings may have any keys.
#[get("/kept")]
async fn kept(kept: State<HashMap<(u8, u8), u8>>) -> Option<u8> {
    kept.get(&(1, 2)).copied()
}

#[get("/borrowed")]
async fn borrowed() -> HashMap<&'static str, f64> {
    HashMap::from([("a", 1.5)])
}

echoing! {
    text "/text" BTreeMap<String, u8>;
    cow "/cow" HashMap<Cow<'static, str>, u8>;
    boxed "/boxed" BTreeMap<Box<char>, u8>;
    shared "/shared" BTreeMap<Arc<String>, u8>;
    number "/number" BTreeMap<u64, u8>;
    wide "/wide" BTreeMap<i128, u8>;
    letter "/letter" BTreeMap<char, u8>;
    flag "/flag" BTreeMap<bool, u8>;
    any "/any" HashMap<Value, u8>;
    address "/address" HashMap<IpAddr, u8>;
    bytes "/bytes" BTreeMap<TextBytes, u8>;
    unique "/uuid" BTreeMap<uuid::Uuid, u8>;
    random "/uuid4" BTreeMap<Uuid4, u8>;
    date "/date" BTreeMap<chrono::NaiveDate, u8>;
    moment "/moment" HashMap<chrono::DateTime<chrono::Utc>, u8>;
    duration "/duration" BTreeMap<Iso<chrono::TimeDelta>, u8>;
    decimal "/decimal" BTreeMap<rust_decimal::Decimal, u8>;
    link "/url" BTreeMap<url::Url, u8>;
    http_url "/http-url" HashMap<HttpUrl, u8>;
    email "/email" HashMap<EmailStr, u8>;
    color "/color" HashMap<Color, u8>;
    level "/level" BTreeMap<Level, u8>;
    mode "/mode" BTreeMap<Mode, u8>;
    label "/label" BTreeMap<Label, u8>;
    outer "/outer" BTreeMap<Outer, u8>;
    id "/id" BTreeMap<Id, u8>;
    grid "/grid" Grid<Label>;
    code "/code" HashMap<Serde<Code>, u8>;
    within "/within" BTreeMap<Json<i64>, u8>;
    sku "/sku" BTreeMap<Sku, u8>;
    nested "/nested" BTreeMap<Color, BTreeMap<i8, Vec<HashMap<bool, u8>>>>;
}

#[tokio::test]
async fn they_come_back_or_are_refused() {
    let service = app().build().unwrap();
    let json = [("content-type", "application/json")];
    let good = [
        ("/text", r#"{"":1}"#),
        ("/cow", r#"{"a\n":1}"#),
        ("/boxed", r#"{"a":1}"#),
        ("/shared", r#"{"a":1}"#),
        ("/number", r#"{"18446744073709551615":1}"#),
        ("/wide", r#"{"-170141183460469231731687303715884105728":1}"#),
        ("/letter", r#"{"é":1}"#),
        ("/flag", r#"{"false":1,"true":2}"#),
        ("/any", r#"{"1":1}"#),
        ("/address", r#"{"::1":1}"#),
        ("/bytes", r#"{"a":1}"#),
        ("/uuid", r#"{"6ba7b810-9dad-11d1-80b4-00c04fd430c8":1}"#),
        ("/uuid4", r#"{"f47ac10b-58cc-4372-a567-0e02b2c3d479":1}"#),
        ("/date", r#"{"2024-02-29":1}"#),
        ("/moment", r#"{"2024-02-29T12:00:00Z":1}"#),
        ("/duration", r#"{"PT1H":1}"#),
        ("/decimal", r#"{"1.10":1}"#),
        ("/url", r#"{"ftp://example.com/":1}"#),
        ("/http-url", r#"{"http://example.com/":1}"#),
        ("/email", r#"{"ann@example.com":1}"#),
        ("/color", r#"{"red":1}"#),
        ("/level", r#"{"1":1}"#),
        ("/mode", r#"{"Fast":1}"#),
        ("/label", r#"{"ab":1}"#),
        ("/outer", r#"{"ab":1}"#),
        ("/id", r#"{"12":1,"ab":2}"#),
        ("/grid", r#"{"cells":{"ab":1},"layers":[null,{"red":["ab"]}]}"#),
        ("/code", r#"{"a":1}"#),
        ("/within", r#"{"5":1}"#),
        ("/sku", r#"{"ABC-123":1}"#),
        ("/nested", r#"{"red":{"-1":[{"true":1}]}}"#),
    ];
    for (path, body) in good {
        let answer = send(&service, "POST", path, &json, body.to_owned()).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, body), "{path}");
    }
    let bad = [
        ("/number", r#"{"-1":1}"#, r#"greater_than_equal@["body","-1","[key]"]"#),
        ("/address", r#"{"x":1}"#, r#"ip_any_address@["body","x","[key]"]"#),
        ("/uuid", r#"{"x":1}"#, r#"uuid_parsing@["body","x","[key]"]"#),
        ("/level", r#"{"2":1}"#, r#"enum@["body","2","[key]"]"#),
        ("/label", r#"{"a":1}"#, r#"string_too_short@["body","a","[key]"]"#),
        ("/grid", r#"{"cells":{"a":1}}"#, r#"string_too_short@["body","cells","a","[key]"]"#),
        ("/sku", r#"{"ABC":1}"#, r#"sku@["body","ABC","[key]"]"#),
    ];
    for (path, body, fault) in bad {
        let answer = send(&service, "POST", path, &json, body.to_owned()).await;
        let detail = &answer.json()["detail"][0];
        let found = format!("{}@{}", detail["type"].as_str().unwrap_or_default(), detail["loc"]);
        assert_eq!((answer.status, found.as_str()), (422, fault), "{path} {body}");
    }
    assert_eq!(send(&service, "GET", "/borrowed", &[], String::new()).await.body, r#"{"a":1.5}"#);
    assert_eq!(send(&service, "GET", "/kept", &[], String::new()).await.body, "3");
}

/// What stands for itself when it is read, and for a mask when it is written.
#[tokio::test]
async fn secrets_are_not_shown() {
    #[post("/")]
    async fn count(#[body] value: HashMap<Secret<String>, u8>) -> HashMap<Secret<String>, u8> {
        assert!(value.contains_key(&Secret::new("key".to_owned())));
        value
    }
    let service = App::new("Keys", "1").routes(routes![count]).build().unwrap();
    let answer = send(&service, "POST", "/", &[("content-type", "application/json")], r#"{"key":1}"#.to_owned()).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, r#"{"**********":1}"#));
}
