use std::collections::BTreeMap;

use versify::prelude::*;

#[model]
struct Part {
    #[field(flatten)]
    rest: BTreeMap<String, Value>,
}

#[model(extra = "allow")]
struct Nowhere {
    name: String,
}

#[model(extra = "forbid")]
struct Forbidden {
    #[field(flatten)]
    rest: BTreeMap<String, Value>,
}

#[model(extra = "ignore")]
struct Ignored {
    #[field(flatten)]
    rest: BTreeMap<String, Value>,
}

#[model]
struct Twice {
    #[field(flatten)]
    rest: BTreeMap<String, Value>,
    #[field(flatten)]
    more: BTreeMap<String, i64>,
}

#[model(extra = "alow")]
struct Mistyped {
    name: String,
}

#[model(tag = "kind", extra = "allow")]
enum Member {
    A { name: String },
}

#[model(tag = "kind")]
enum MemberWithMap {
    A {
        #[field(flatten)]
        rest: BTreeMap<String, Value>,
    },
}

fn main() {}
