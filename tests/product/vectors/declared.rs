//! Each type of the vectors, declared in every place that it can stand in.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::Value;
use url::Url;
use uuid::Uuid;
use versify::{
    Service,
    prelude::*,
    types::{Date, DateTime, EmailStr, HttpUrl, TextBytes, Time, TimeDelta, Uuid4},
};

#[model]
pub struct Image {
    url: HttpUrl,
    name: String,
}

#[model]
pub struct Item {
    name: String,
    price: f64,
    description: Option<String>,
    #[field(default)]
    tags: Vec<String>,
    images: Option<Vec<Image>>,
}

#[model(extra = "forbid")]
pub struct Strict {
    name: String,
    #[field(default = 1)]
    size: i64,
}

#[model]
pub struct Aliased {
    #[field(alias = "itemName")]
    item_name: String,
    #[field(alias = "itemCount", default = 1)]
    count: i64,
}

#[model]
pub struct Node {
    value: i64,
    #[field(default)]
    children: Vec<Node>,
}

#[model]
pub struct A {
    x: i64,
}

#[model(tag = "kind", rename_all = "snake_case")]
pub enum Pet {
    Cat { lives: i64 },
    Dog { good: bool },
}

#[model(rename_all = "snake_case")]
#[derive(Clone)]
pub enum Color {
    Red,
    Green,
    Blue,
}

#[model(rename_all = "snake_case")]
pub enum Single {
    Only,
}

#[model]
pub enum Level {
    One = 1,
    Two = 2,
}

#[model(literal)]
pub enum AOrB {
    #[field(alias = "a")]
    A,
    #[field(alias = "b")]
    B,
}

#[model(literal)]
pub enum Only {
    #[field(alias = "only")]
    Only,
}

#[model(literal)]
pub enum OneOrTwo {
    #[field(value = 1)]
    One,
    #[field(value = 2)]
    Two,
}

#[model(literal)]
pub enum Mixed {
    #[field(alias = "a")]
    A,
    #[field(value = 1)]
    One,
    #[field(value = null)]
    Null,
}

#[model(untagged)]
pub enum IntOrStr {
    Int(i64),
    Str(String),
}

#[model(untagged)]
pub enum IntOrFloat {
    Int(i64),
    Float(f64),
}

#[model(untagged)]
pub enum IntOrBool {
    Int(i64),
    Bool(bool),
}

#[model(untagged)]
pub enum IntOrList {
    Int(i64),
    List(Vec<i64>),
}

#[model]
pub struct B {
    y: String,
}

#[model(untagged)]
pub enum AnyOfAB {
    A(A),
    B(B),
}

#[model(literal)]
pub enum CatKind {
    #[field(alias = "cat")]
    Cat,
}

#[model(literal)]
pub enum DogKind {
    #[field(alias = "dog")]
    Dog,
}

#[model]
pub struct Cat {
    kind: CatKind,
    lives: i64,
}

#[model]
pub struct Dog {
    kind: DogKind,
    good: bool,
}

#[model(untagged)]
pub enum CatOrDog {
    Cat(Cat),
    Dog(Dog),
}

fn without_space(name: &str) -> Result<(), &'static str> {
    if name.contains(' ') { Err("must not contain a space") } else { Ok(()) }
}

fn same_passwords(checked: &Checked) -> Result<(), &'static str> {
    if checked.password == checked.again { Ok(()) } else { Err("passwords do not match") }
}

#[model(validate = same_passwords)]
pub struct Checked {
    #[field(validate = without_space)]
    name: String,
    #[field(default = "a")]
    password: String,
    #[field(default = "a")]
    again: String,
}

/// One operation for each place that a type can stand in.
macro_rules! place {
    (query ($($rules:tt)*) $type:ty) => {
        #[get("/query")]
        async fn query(#[query($($rules)*)] v: $type) -> $type {
            v
        }
    };
    (path ($($rules:tt)*) $type:ty) => {
        #[get("/path/{v}")]
        async fn path(#[path($($rules)*)] v: $type) -> $type {
            v
        }
    };
    (header ($($rules:tt)*) $type:ty) => {
        #[get("/header")]
        async fn header(#[header($($rules)*)] x_v: $type) -> $type {
            x_v
        }
    };
    (cookie ($($rules:tt)*) $type:ty) => {
        #[get("/cookie")]
        async fn cookie(#[cookie($($rules)*)] v: $type) -> $type {
            v
        }
    };
    (form ($($rules:tt)*) $type:ty) => {
        #[post("/form")]
        async fn form(#[form($($rules)*)] v: $type) -> $type {
            v
        }
    };
    (json ($($rules:tt)*) $type:ty) => {
        #[model]
        struct Body {
            #[field($($rules)*)]
            v: $type,
        }

        #[post("/json")]
        async fn json(body: Body) -> Body {
            body
        }
    };
    (whole ($($rules:tt)*) $type:ty) => {
        #[post("/whole")]
        async fn whole(#[body($($rules)*)] v: $type) -> $type {
            v
        }
    };
}

/// A service for each declaration, with an operation for each place.
macro_rules! declared {
    ($name:ident $places:tt $($module:ident: $key:literal => $type:ty $(, $rules:tt)?;)*) => {
        fn $name() -> Vec<(String, Service)> {
            $(mod $module {
                use super::*;
                declared!(@places $places ($($rules)?) $type);
            })*
            vec![$(($key.to_owned(), $module::service())),*]
        }
    };
    (@places [$($place:ident)*] ($(($($rules:tt)*))?) $type:ty) => {
        declared!(@each [$($place)*] ($($($rules)*)?) $type);

        pub fn service() -> Service {
            App::new("vectors", "1").routes(routes![$($place),*]).build().unwrap()
        }
    };
    (@each [$first:ident $($place:ident)*] $rules:tt $type:ty) => {
        place!($first $rules $type);
        declared!(@each [$($place)*] $rules $type);
    };
    (@each [] $rules:tt $type:ty) => {};
}

declared! { scalars [query path header cookie form json]
    int: "int" => i128;
    int_gt: r#"int {"gt":3}"# => i64, (gt = 3);
    int_ge: r#"int {"ge":3}"# => i64, (ge = 3);
    int_lt: r#"int {"lt":3}"# => i64, (lt = 3);
    int_le: r#"int {"le":3}"# => i64, (le = 3);
    int_between: r#"int {"ge":1,"le":1000}"# => i64, (ge = 1, le = 1000);
    int_multiple: r#"int {"multiple_of":5}"# => i64, (multiple_of = 5);
    int_all: r#"int {"gt":2,"lt":10,"multiple_of":3}"# => i64, (gt = 2, lt = 10, multiple_of = 3);
    float: "float" => f64;
    float_inside: r#"float {"gt":0,"lt":10.5}"# => f64, (gt = 0, lt = 10.5);
    float_between: r#"float {"ge":0,"le":1.5}"# => f64, (ge = 0, le = 1.5);
    float_multiple: r#"float {"multiple_of":0.5}"# => f64, (multiple_of = 0.5);
    boolean: "bool" => bool;
    string: "str" => String;
    str_length: r#"str {"max_length":4,"min_length":3}"# => String, (min_length = 3, max_length = 4);
    str_min: r#"str {"min_length":1}"# => String, (min_length = 1);
    str_max: r#"str {"max_length":2}"# => String, (max_length = 2);
    str_pattern: r#"str {"pattern":"^fixedquery$"}"# => String, (pattern = "^fixedquery$");
    str_all: r#"str {"max_length":5,"min_length":2,"pattern":"^[A-Z]"}"# => String,
        (min_length = 2, max_length = 5, pattern = "^[A-Z]");
    bytes: "bytes" => TextBytes;
    bytes_length: r#"bytes {"max_length":3,"min_length":2}"# => TextBytes, (min_length = 2, max_length = 3);
    decimal: "decimal" => Decimal;
    decimal_between: r#"decimal {"gt":0,"le":1}"# => Decimal, (gt = 0, le = 1);
    decimal_digits: r#"decimal {"decimal_places":2,"max_digits":4}"# => Decimal, (max_digits = 4, decimal_places = 2);
    datetime: "datetime" => DateTime;
    datetime_ge: r#"datetime {"ge":"2020-01-01 00:00:00"}"# => DateTime, (ge = "2020-01-01 00:00:00");
    date: "date" => Date;
    date_gt: r#"date {"gt":"2020-01-01"}"# => Date, (gt = "2020-01-01");
    time: "time" => Time;
    time_ge: r#"time {"ge":"10:00:00"}"# => Time, (ge = "10:00:00");
    timedelta: "timedelta" => TimeDelta;
    timedelta_lt: r#"timedelta {"lt":"1:00:00"}"# => TimeDelta, (lt = "1:00:00");
    uuid: "uuid" => Uuid;
    uuid4: "uuid4" => Uuid4;
    url: "url" => Url;
    http_url: "http_url" => HttpUrl;
    email: "email" => EmailStr;
    color: "Color" => Color;
    single: "Single" => Single;
    level: "Level" => Level;
    int_or_null: "int | null" => Option<i64>, (required);
    str_or_null: "str | null" => Option<String>, (required);
    bool_or_null: "bool | null" => Option<bool>, (required);
    int_strict: r#"int {"strict":true}"# => i64, (strict);
    float_strict: r#"float {"strict":true}"# => f64, (strict);
    bool_strict: r#"bool {"strict":true}"# => bool, (strict);
    date_strict: r#"date {"strict":true}"# => Date, (strict);
    float_finite: r#"float {"allow_inf_nan":false}"# => f64, (allow_inf_nan = false);
    a_or_b: "literal['a','b']" => AOrB;
    only: "literal['only']" => Only;
    one_or_two: "literal[1,2]" => OneOrTwo;
    mixed: "literal['a',1,null]" => Mixed;
    int_or_str: "int | str" => IntOrStr;
    int_or_float: "int | float" => IntOrFloat;
    int_or_bool: "int | bool" => IntOrBool;
}

declared! { defaults [query header cookie form]
    int_default: "int = 3" => i64, (default = 3);
    int_null: "int | null = null" => Option<i64>;
    str_default: "str = 'x'" => String, (default = "x");
    color_default: "Color = 'red'" => Color, (default = Color::Red);
}

declared! { lists [query header form json whole]
    list_int: "list[int]" => Vec<i64>;
    list_int_length: r#"list[int] {"max_length":3,"min_length":2}"# => Vec<i64>, (min_length = 2, max_length = 3);
    list_str: "list[str]" => Vec<String>;
    list_float: "list[float]" => Vec<f64>;
    list_color: "list[Color]" => Vec<Color>;
    list_default: "list[str] = ['foo', 'bar']" => Vec<String>, (default = vec!["foo".to_owned(), "bar".to_owned()]);
    list_or_null: "list[int] | null = null" => Option<Vec<i64>>;
    set_int: "set[int]" => BTreeSet<i64>;
    set_int_length: r#"set[int] {"max_length":2,"min_length":1}"# => BTreeSet<i64>, (min_length = 1, max_length = 2);
    set_str: "set[str]" => BTreeSet<String>;
    tuple: "tuple[int, str]" => (i64, String);
    // As long as it likes: a list in Rust. What is no list at all would be called so, too.
    tuple_any: "tuple[int, ...]" => Vec<i64>;
}

declared! { bodies [json whole]
    dict_int: "dict[str, int]" => BTreeMap<String, i64>;
    dict_int_length: r#"dict[str, int] {"max_length":1,"min_length":1}"# => BTreeMap<String, i64>,
        (min_length = 1, max_length = 1);
    dict_float: "dict[int, float]" => BTreeMap<i64, f64>;
    dict_list: "dict[str, list[int]]" => BTreeMap<String, Vec<i64>>;
    dict: "dict" => BTreeMap<String, Value>;
    dict_image: "dict[str, Image]" => BTreeMap<String, Image>;
    list: "list" => Vec<Value>;
    any: "any" => Value;
    item: "Item" => Item;
    list_item: "list[Item]" => Vec<Item>;
    strict: "Strict" => Strict;
    aliased: "Aliased" => Aliased;
    node: "Node" => Node;
    int_or_list: "int | list[int]" => IntOrList;
    a_or_model_b: "A | B" => AnyOfAB;
    cat_or_dog: "Cat | Dog" => CatOrDog;
    checked: "Checked" => Checked;
    a_or_null: "A | null" => Option<A>;
    pet: "Cat | Dog, discriminator kind" => Pet;
    pets: "list[Cat | Dog, discriminator kind]" => Vec<Pet>;
}

pub fn services() -> Vec<(String, Service)> {
    [scalars(), defaults(), lists(), bodies()].into_iter().flatten().collect()
}
