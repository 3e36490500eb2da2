//! What versify does not answer as FastAPI does, and why.

/// Declarations that versify cannot make yet: the reason, then each type with its number of vectors.
pub const UNDECLARED: &[(&str, &[(&str, usize)])] = &[
    (
        "unions without a tag",
        &[
            ("A | B", 9),
            ("Cat | Dog", 2),
            ("int | bool", 12),
            ("int | float", 12),
            ("int | str", 17),
            ("int | list[int]", 1),
        ],
    ),
    ("literals", &[("literal['a','b']", 12), ("literal['a',1,null]", 9), ("literal['only']", 5), ("literal[1,2]", 7)]),
    ("enums of integers", &[("Level", 14)]),
    (
        "strict values",
        &[
            (r#"bool {"strict":true}"#, 1),
            (r#"date {"strict":true}"#, 1),
            (r#"float {"strict":true}"#, 4),
            (r#"int {"strict":true}"#, 3),
        ],
    ),
    ("finite floats", &[(r#"float {"allow_inf_nan":false}"#, 7)]),
    ("validators of one's own", &[("Checked", 7)]),
    ("tuples", &[("tuple[int, ...]", 4), ("tuple[int, str]", 18)]),
];

/// Vectors that are answered differently: the reason, then their names.
pub const DIFFERENT: &[(&str, &[&str])] = &[
    ("`rust_decimal` has no exponent: 1E+2 is 100", &["query-decimal-004"]),
    // Rust has no other way of saying that a value may be left out.
    ("an `Option` may always be left out", &["form-int-022", "form-str-017", "header-int-033", "form-int-034"]),
];
