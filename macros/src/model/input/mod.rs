//! [`Model`]: what `#[model]` stands on, checked.

mod enumeration;
mod partial;
mod record;
mod strip;

use proc_macro2::TokenStream;
use syn::{Attribute, Data, DeriveInput, Expr, Fields, Generics, Ident, LitStr, Meta, Path, Type, Visibility};

pub(super) use self::strip::strip;
use self::{
    enumeration::enumeration,
    partial::partial,
    record::{RecordOptions, newtype, record},
};
use super::rename::Rename;
use crate::{
    ctxt::Ctxt,
    doc_comment::doc_comment,
    field::{FieldDecl, SCHEMA_EXTRA},
    nearest::mistyped,
    operation::PLACES,
    options::Options,
};

pub(super) struct Model {
    pub(super) ident: Ident,
    pub(super) visibility: Visibility,
    pub(super) generics: Generics,
    pub(super) title: String,
    /// Whether the title was declared.
    pub(super) titled: bool,
    pub(super) description: Option<String>,
    pub(super) shape: Shape,
    /// The name of the type for `PATCH`, and the fields that it has.
    pub(super) partial: Option<Partial>,
    pub(super) poem_openapi: bool,
    pub(super) examples: Vec<Expr>,
    pub(super) json_schema_extra: Option<Expr>,
}

pub(super) enum Shape {
    Record(Record),
    /// One value, whose JSON is that of the struct.
    Newtype(Box<FieldDecl>),
    /// Fixed values; a literal has no name of its own.
    Enumeration {
        literal: bool,
        values: Vec<Value>,
    },
    Tagged {
        tag: LitStr,
        members: Vec<Member>,
    },
    Untagged {
        left_to_right: bool,
        members: Vec<UnionMember>,
    },
}

/// An object with fields.
pub(super) struct Record {
    pub(super) fields: Vec<Field>,
    /// Fields that are models, whose fields stand among ours.
    pub(super) flattened: Vec<Flattened>,
    /// The map of what is not declared.
    pub(super) extras: Option<Flattened>,
    pub(super) forbids_extra: bool,
    /// Checks the whole.
    pub(super) validator: Option<Path>,
    /// Methods whose answers are written as fields.
    pub(super) computed: Vec<Ident>,
}

pub(super) struct Field {
    pub(super) ident: Ident,
    pub(super) decl: FieldDecl,
    pub(super) access: Access,
}

impl Field {
    /// Whether requests set it.
    pub(super) fn is_read(&self) -> bool {
        self.access != Access::ReadOnly
    }

    /// Whether it stands in answers.
    pub(super) fn is_written(&self) -> bool {
        self.access != Access::WriteOnly
    }
}

/// Where a field stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Both,
    ReadOnly,
    WriteOnly,
}

pub(super) struct Flattened {
    pub(super) ident: Ident,
    pub(super) ty: Type,
    /// How many fields stand before it.
    pub(super) before: usize,
}

/// A variant and its value on the wire.
pub(super) struct Value {
    pub(super) ident: Ident,
    pub(super) value: Constant,
}

pub(super) enum Constant {
    Text(LitStr),
    Integer(Expr),
    Boolean(syn::LitBool),
    Null,
}

/// A variant and its name on the wire.
pub(super) struct Name {
    pub(super) ident: Ident,
    pub(super) wire: LitStr,
}

pub(super) struct Member {
    pub(super) name: Name,
    pub(super) description: Option<String>,
    pub(super) content: Content,
}

pub(super) enum Content {
    /// `Filter { condition: String }`, and `Nothing`.
    Fields(Record),
    /// `Cat(Cat)`.
    Type(Box<Type>),
}

/// `Number(f64)`.
pub(super) struct UnionMember {
    pub(super) ident: Ident,
    pub(super) decl: FieldDecl,
}

/// What `partial = ItemPatch` makes.
pub(super) struct Partial {
    pub(super) ident: Ident,
    /// The attributes of the type, and options of `#[model]` that it shares.
    pub(super) attributes: Vec<Attribute>,
    pub(super) options: TokenStream,
    pub(super) fields: Vec<syn::Field>,
}

pub(crate) const OF_STRUCTS: [&str; 11] = [
    "rename_all",
    "populate_by_name",
    "extra",
    "title",
    "examples",
    "json_schema_extra",
    "strict",
    "validate",
    "computed",
    "partial",
    "poem_openapi",
];
pub(crate) const OF_FIELDS: [&str; 3] = ["flatten", "read_only", "write_only"];
pub(crate) const OF_ENUMS: [&str; 10] = [
    "tag",
    "untagged",
    "left_to_right",
    "literal",
    "rename_all",
    "extra",
    "title",
    "examples",
    "json_schema_extra",
    "poem_openapi",
];

impl Model {
    pub(super) fn new(attribute: TokenStream, input: &DeriveInput, cx: &Ctxt) -> Option<Self> {
        let options = Options::parse(attribute.clone(), cx);
        let known: &[&str] = match &input.data {
            Data::Enum(_) => &OF_ENUMS,
            _ => &OF_STRUCTS,
        };
        options.check("#[model]", known, cx);
        check_generics(&input.generics, cx);
        check_derives(&input.attrs, cx);
        let rename = Rename::new(&options, cx);
        let shape = match &input.data {
            Data::Struct(data) => match &data.fields {
                Fields::Unnamed(fields) => newtype(fields, &options, &input.ident, cx)?,
                fields => Shape::Record(record(fields, &RecordOptions::new(&options, rename, cx), cx)),
            },
            Data::Enum(data) => enumeration(data, input, &options, rename, cx)?,
            Data::Union(data) => {
                cx.error(data.union_token, "a model is a struct or an enum; JSON knows no such unions");
                return None;
            }
        };
        let declared = options.text("title", cx);
        let title = declared.as_ref().map_or_else(|| input.ident.to_string(), LitStr::value);
        Some(Self {
            ident: input.ident.clone(),
            visibility: input.vis.clone(),
            generics: input.generics.clone(),
            titled: declared.is_some(),
            title: title.trim_start_matches("r#").to_owned(),
            description: doc_comment(&input.attrs),
            shape,
            partial: partial(input, &options, cx),
            poem_openapi: options.flag("poem_openapi", cx),
            examples: options.list("examples", "[\"foo\"]", cx).unwrap_or_default(),
            json_schema_extra: options.expr("json_schema_extra", SCHEMA_EXTRA, cx),
        })
    }
}

fn check_generics(generics: &Generics, cx: &Ctxt) {
    for lifetime in generics.lifetimes() {
        cx.error(lifetime, "a model owns its values: write its types without lifetimes");
    }
}

/// `#[model]` gives serde's traits itself.
fn check_derives(attributes: &[Attribute], cx: &Ctxt) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        let _ = attribute.parse_nested_meta(|meta| {
            let last = meta.path.segments.last().map(|segment| segment.ident.to_string());
            if let Some(name @ ("Serialize" | "Deserialize")) = last.as_deref() {
                cx.error(&meta.path, format!("`#[model]` gives `{name}` already; remove it here"));
            }
            Ok(())
        });
    }
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        cx.error(
            attribute,
            "`#[model]` reads no `#[serde(..)]`: write `#[model(rename_all = \"..\")]`, `#[field(alias = \"..\")]`",
        );
    }
}

/// The word of an attribute that is none of a field, and was meant for one of ours.
pub(super) fn misplaced(attribute: &Attribute) -> Option<String> {
    let word = attribute.path().get_ident()?.to_string();
    (PLACES.contains(&word.as_str()) || mistyped(&word, &["field"]).is_some()).then_some(word)
}

/// The options of a field's or a variant's `#[field(..)]`.
fn field_options(attributes: &[Attribute], cx: &Ctxt) -> Options {
    let mut options = Options::none();
    let mut seen = false;
    for attribute in attributes {
        if attribute.path().is_ident("serde") {
            cx.error(
                attribute,
                "`#[model]` reads no `#[serde(..)]`: write `#[field(alias = \"..\")]`, `#[field(default)]`",
            );
        }
        if !attribute.path().is_ident("field") {
            if let Some(word) = misplaced(attribute) {
                let said = match PLACES.contains(&word.as_str()) {
                    true => "where a model is read from is said of the argument: `#[query] page: Page`".to_owned(),
                    false => format!("unknown attribute `{word}`; did you mean `field`?"),
                };
                cx.error(attribute.path(), format!("{said}\nwhat is declared of a field stands in `#[field(..)]`"));
            }
            continue;
        }
        if seen {
            cx.error(attribute, "join this with the `#[field(..)]` before it");
        }
        seen = true;
        match &attribute.meta {
            Meta::List(list) => options = Options::parse(list.tokens.clone(), cx),
            _ => cx.error(attribute, "write what is declared of the field: `#[field(min_length = 1)]`"),
        }
    }
    options
}
