//! Types of the standard library, and models of them: each comes back as it went in, and is refused where it should be.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use serde_json::Value;
use versify::prelude::*;

use crate::client::send;

#[model]
#[derive(PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Color {
    Red,
    Green,
}

#[model]
struct Tree {
    name: String,
    left: Option<Box<Tree>>,
    #[field(default)]
    others: Vec<Arc<Tree>>,
}

#[model]
struct Page<T> {
    items: Vec<T>,
    next: Option<u64>,
}

#[model]
struct Named {
    name: Cow<'static, str>,
}

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
            App::new("Types", "1").routes(routes![$($name),*])
        }
    };
}

echoing! {
    small "/i8" i8;
    short "/i16" i16;
    int "/i32" i32;
    long "/i64" i64;
    longest "/i128" i128;
    size "/isize" isize;
    byte "/u8" u8;
    word "/u16" u16;
    unsigned "/u32" u32;
    wide "/u64" u64;
    widest "/u128" Page<u128>;
    index "/usize" usize;
    single "/f32" f32;
    double "/f64" f64;
    flag "/bool" bool;
    text "/string" String;
    borrowed "/cow" Cow<'static, str>;
    letter "/char" char;
    optional "/option" Option<i64>;
    list "/vec" Vec<i64>;
    array "/array" [i64; 3];
    one "/one" (i64,);
    six "/six" (i64, String, bool, f64, Option<i64>, Vec<i64>);
    hashed "/hash-set" HashSet<Color>;
    sorted "/btree-set" BTreeSet<char>;
    of_texts "/of-texts" HashMap<String, i64>;
    of_numbers "/of-numbers" BTreeMap<i64, String>;
    of_flags "/of-flags" BTreeMap<bool, i64>;
    of_letters "/of-letters" HashMap<char, i64>;
    of_colors "/of-colors" BTreeMap<Color, Vec<i64>>;
    boxed "/boxed" Box<Tree>;
    shared "/shared" Arc<Tree>;
    pages "/pages" Page<Page<Tree>>;
    named "/named" Named;
    any "/any" Value;
}

#[tokio::test]
async fn they_come_back_or_are_refused() {
    let service = app().build().unwrap();
    let good: &[(&str, &[&str])] = &[
        ("/i8", &["-128", "127"]),
        ("/i16", &["-32768"]),
        ("/i32", &["2147483647"]),
        ("/i64", &["-9223372036854775808"]),
        ("/i128", &["9223372036854775807"]),
        ("/isize", &["-1"]),
        ("/u8", &["255"]),
        ("/u16", &["65535"]),
        ("/u32", &["4294967295"]),
        ("/u64", &["18446744073709551615"]),
        ("/u128", &["{\"items\":[1,18446744073709551615],\"next\":null}"]),
        ("/usize", &["0"]),
        ("/f32", &["1.5"]),
        ("/f64", &["0.1"]),
        ("/bool", &["true", "false"]),
        ("/string", &["\"\"", "\"é\\n\""]),
        ("/cow", &["\"a\\tb\""]),
        ("/char", &["\"é\""]),
        ("/option", &["null", "1"]),
        ("/vec", &["[]", "[1,2]"]),
        ("/array", &["[1,2,3]"]),
        ("/one", &["[1]"]),
        ("/six", &["[1,\"a\",true,1.5,null,[1]]"]),
        ("/hash-set", &["[\"Red\"]"]),
        ("/btree-set", &["[\"a\",\"b\"]"]),
        ("/of-texts", &["{\"a\":1}"]),
        ("/of-numbers", &["{\"-1\":\"a\",\"2\":\"b\"}"]),
        ("/of-flags", &["{\"false\":0,\"true\":1}"]),
        ("/of-letters", &["{\"é\":1}"]),
        ("/of-colors", &["{\"Red\":[1],\"Green\":[]}"]),
        ("/boxed", &["{\"name\":\"a\",\"left\":{\"name\":\"b\",\"left\":null,\"others\":[]},\"others\":[]}"]),
        ("/shared", &["{\"name\":\"a\",\"left\":null,\"others\":[{\"name\":\"b\",\"left\":null,\"others\":[]}]}"]),
        (
            "/pages",
            &["{\"items\":[{\"items\":[{\"name\":\"a\",\"left\":null,\"others\":[]}],\"next\":1}],\"next\":null}"],
        ),
        ("/named", &["{\"name\":\"a\"}"]),
        ("/any", &["{\"a\":[1,null,\"x\"]}"]),
    ];
    for (path, bodies) in good {
        for body in *bodies {
            let answer =
                send(&service, "POST", path, &[("content-type", "application/json")], (*body).to_owned()).await;
            let sent: Value = serde_json::from_str(body).unwrap();
            assert_eq!((answer.status, answer.json()), (200, sent), "{path} {body}");
        }
    }
    let bad = [
        ("/i8", "128", "less_than_equal@[\"body\"]"),
        ("/u8", "-1", "greater_than_equal@[\"body\"]"),
        ("/i64", "9223372036854775808", "less_than_equal@[\"body\"]"),
        ("/i128", "\"999999999999999999999999999999999999999999\"", "less_than_equal@[\"body\"]"),
        ("/u128", "{\"items\":[-1]}", "greater_than_equal@[\"body\",\"items\",0]"),
        ("/u64", "18446744073709551616", "less_than_equal@[\"body\"]"),
        ("/char", "\"ab\"", "string_too_long@[\"body\"]"),
        ("/array", "[1,2]", "missing@[\"body\",2]"),
        ("/array", "[1,2,3,4]", "too_long@[\"body\"]"),
        ("/six", "[1,2]", "string_type@[\"body\",1]"),
        ("/hash-set", "[\"Red\",\"Blue\"]", "enum@[\"body\",1]"),
        ("/of-numbers", "{\"x\":\"a\"}", "int_parsing@[\"body\",\"x\",\"[key]\"]"),
        ("/of-flags", "{\"maybe\":1}", "bool_parsing@[\"body\",\"maybe\",\"[key]\"]"),
        ("/of-letters", "{\"ab\":1}", "string_too_long@[\"body\",\"ab\",\"[key]\"]"),
        ("/of-colors", "{\"Blue\":[]}", "enum@[\"body\",\"Blue\",\"[key]\"]"),
        ("/boxed", "{\"name\":\"a\",\"left\":{\"left\":null}}", "missing@[\"body\",\"left\",\"name\"]"),
        ("/pages", "{\"items\":[{\"items\":[{}]}]}", "missing@[\"body\",\"items\",0,\"items\",0,\"name\"]"),
    ];
    for (path, body, fault) in bad {
        let answer = send(&service, "POST", path, &[("content-type", "application/json")], body.to_owned()).await;
        let detail = &answer.json()["detail"][0];
        assert_eq!(
            (answer.status, format!("{}@{}", detail["type"].as_str().unwrap_or_default(), detail["loc"])),
            (422, fault.to_owned()),
            "{path} {body}"
        );
    }
}

/// As text: these numbers are too large for `Value`.
#[tokio::test]
async fn integers_of_128_bits() {
    let service = app().build().unwrap();
    let widest = u128::MAX.to_string();
    for body in [format!("{{\"items\":[{widest},\"{widest}\"]}}"), format!("{{\"items\":[\"{widest}\",{widest}]}}")] {
        let answer = send(&service, "POST", "/u128", &[("content-type", "application/json")], body).await;
        let expected = format!("{{\"items\":[{widest},{widest}],\"next\":null}}");
        assert_eq!((answer.status, answer.body), (200, expected));
    }
    for number in [i128::MIN, i128::MAX] {
        let answer = send(&service, "POST", "/i128", &[("content-type", "application/json")], number.to_string()).await;
        assert_eq!((answer.status, answer.body), (200, number.to_string()));
    }
}

#[test]
fn names_of_generic_models_are_legal_and_readable() {
    let service = app().build().unwrap();
    let document: Value = serde_json::from_slice(service.openapi()).unwrap();
    let names: Vec<&String> = document["components"]["schemas"].as_object().unwrap().keys().collect();
    for name in ["Page_Page_Tree__-Input", "Page_Tree_-Output", "Page_int_", "Tree-Input", "Tree-Output"] {
        assert!(names.iter().any(|known| *known == name), "{name} in {names:?}");
    }
    let legal = |name: &str| name.chars().all(|letter| letter.is_ascii_alphanumeric() || "._-".contains(letter));
    assert!(names.iter().all(|name| legal(name)), "{names:?}");
}
