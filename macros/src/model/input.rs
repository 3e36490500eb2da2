//! [`Model`]: what `#[model]` stands on, checked.

use proc_macro2::TokenStream;
use syn::{Attribute, Data, DeriveInput, Fields, Generics, Ident, LitStr, Meta, Visibility};

use super::rename::Rename;
use crate::{
    ctxt::Ctxt,
    doc_comment::doc_comment,
    field::{COMMON, FieldDecl},
    nearest,
    options::Options,
};

pub(super) struct Model {
    pub(super) ident: Ident,
    pub(super) visibility: Visibility,
    pub(super) title: String,
    pub(super) description: Option<String>,
    pub(super) shape: Shape,
}

pub(super) enum Shape {
    Record(Record),
    Enumeration(Vec<Name>),
    Tagged { tag: LitStr, members: Vec<Member> },
}

/// An object with fields.
pub(super) struct Record {
    pub(super) fields: Vec<Field>,
    pub(super) forbids_extra: bool,
}

pub(super) struct Field {
    pub(super) ident: Ident,
    pub(super) decl: FieldDecl,
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
    Type(syn::Type),
}

impl Model {
    pub(super) fn new(attribute: TokenStream, input: &DeriveInput, cx: &Ctxt) -> Option<Self> {
        let options = Options::parse(attribute, cx);
        let known: &[&str] = match &input.data {
            Data::Enum(_) => &["tag", "rename_all", "extra", "title"],
            _ => &["rename_all", "extra", "title"],
        };
        options.check("#[model]", known, cx);
        check_generics(&input.generics, cx);
        check_derives(&input.attrs, cx);
        let rename = Rename::new(&options, cx);
        let forbids_extra = forbids_extra(&options, cx);
        let shape = match &input.data {
            Data::Struct(data) => Shape::Record(record(&data.fields, rename, forbids_extra, &input.ident, cx)?),
            Data::Enum(data) => enumeration(data, input, &options, rename, forbids_extra, cx)?,
            Data::Union(data) => {
                cx.error(data.union_token, "a model is a struct or an enum; JSON knows no such unions");
                return None;
            }
        };
        let title = options.text("title", cx).map_or_else(|| input.ident.to_string(), |title| title.value());
        Some(Self {
            ident: input.ident.clone(),
            visibility: input.vis.clone(),
            title: title.trim_start_matches("r#").to_owned(),
            description: doc_comment(&input.attrs),
            shape,
        })
    }
}

fn check_generics(generics: &Generics, cx: &Ctxt) {
    if !generics.params.is_empty() {
        cx.error(generics, "a model has no type parameters or lifetimes: write its types out");
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

fn forbids_extra(options: &Options, cx: &Ctxt) -> bool {
    match options.text("extra", cx) {
        Some(text) if text.value() == "forbid" => true,
        Some(text) if text.value() != "ignore" => {
            cx.error(&text, nearest::unknown("value", &text.value(), &["forbid", "ignore"]));
            false
        }
        _ => false,
    }
}

fn record(fields: &Fields, rename: Rename, forbids_extra: bool, ident: &Ident, cx: &Ctxt) -> Option<Record> {
    let mut record = Record { fields: Vec::new(), forbids_extra };
    match fields {
        Fields::Named(named) => {
            for field in &named.named {
                record.fields.extend(one_field(field, rename, cx));
            }
        }
        Fields::Unit => {}
        Fields::Unnamed(_) => {
            cx.error(
                ident,
                "the fields of a model have names, which are its names in JSON: `struct Item { name: String }`",
            );
            return None;
        }
    }
    for (index, field) in record.fields.iter().enumerate() {
        let name = field.decl.name.value();
        if record.fields.iter().take(index).any(|other| other.decl.name.value() == name) {
            cx.error(&field.decl.name, format!("two fields have the name `{name}` in JSON; give one another `alias`"));
        }
    }
    Some(record)
}

fn one_field(field: &syn::Field, rename: Rename, cx: &Ctxt) -> Option<Field> {
    let ident = field.ident.clone()?;
    let mut options = Options::none();
    let mut seen = false;
    for attribute in &field.attrs {
        if attribute.path().is_ident("serde") {
            cx.error(
                attribute,
                "`#[model]` reads no `#[serde(..)]`: write `#[field(alias = \"..\")]`, `#[field(default)]`",
            );
        }
        if !attribute.path().is_ident("field") {
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
    options.check("#[field]", &COMMON, cx);
    let name = ident.to_string();
    let wire = LitStr::new(&rename.apply(name.trim_start_matches("r#")), ident.span());
    let decl = FieldDecl::new(wire, field.ty.clone(), &options, doc_comment(&field.attrs), cx);
    Some(Field { ident, decl })
}

fn enumeration(
    data: &syn::DataEnum,
    input: &DeriveInput,
    options: &Options,
    rename: Rename,
    forbids_extra: bool,
    cx: &Ctxt,
) -> Option<Shape> {
    if data.variants.is_empty() {
        cx.error(&input.ident, "an enum without variants has no values; add one");
        return None;
    }
    let names = data.variants.iter().map(|variant| variant_name(variant, rename, cx));
    let names: Vec<Name> = names.collect();
    for (index, name) in names.iter().enumerate() {
        let wire = name.wire.value();
        if names.iter().take(index).any(|other| other.wire.value() == wire) {
            cx.error(&name.ident, format!("two variants have the name `{wire}` in JSON; rename one"));
        }
    }
    let tag = options.text("tag", cx);
    let plain = data.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit));
    let tag = match (tag, plain) {
        (None, true) => {
            for variant in &data.variants {
                if let Some((_, value)) = &variant.discriminant {
                    cx.error(value, "a variant is a text in JSON, its number is not used; remove it");
                }
            }
            return Some(Shape::Enumeration(names));
        }
        (None, false) => {
            cx.error(
                &input.ident,
                "an enum with data needs a field that tells its variants apart: `#[model(tag = \"kind\")]`",
            );
            return None;
        }
        (Some(tag), _) => tag,
    };
    let members = data.variants.iter().zip(names).filter_map(|(variant, name)| {
        let content = match &variant.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                Content::Type(fields.unnamed.first().map(|field| field.ty.clone())?)
            }
            Fields::Unnamed(fields) => {
                cx.error(fields, "a variant holds one model, or fields with names");
                return None;
            }
            fields => {
                let record = record(fields, Rename::None, forbids_extra, &variant.ident, cx)?;
                for field in record.fields.iter().filter(|field| field.decl.name.value() == tag.value()) {
                    cx.error(&field.ident, format!("`{}` is the tag of the union; rename the field", tag.value()));
                }
                Content::Fields(record)
            }
        };
        Some(Member { name, description: doc_comment(&variant.attrs), content })
    });
    Some(Shape::Tagged { members: members.collect(), tag })
}

fn variant_name(variant: &syn::Variant, rename: Rename, cx: &Ctxt) -> Name {
    let name = variant.ident.to_string();
    let mut wire = LitStr::new(&rename.apply(name.trim_start_matches("r#")), variant.ident.span());
    for attribute in variant.attrs.iter().filter(|attribute| attribute.path().is_ident("field")) {
        let Meta::List(list) = &attribute.meta else { continue };
        let options = Options::parse(list.tokens.clone(), cx);
        options.check("#[field] on a variant", &["alias"], cx);
        if let Some(alias) = options.text("alias", cx) {
            wire = alias;
        }
    }
    Name { ident: variant.ident.clone(), wire }
}

/// Takes our attributes off.
pub(super) fn strip(input: &mut DeriveInput) {
    let ours = |attribute: &Attribute| attribute.path().is_ident("field") || attribute.path().is_ident("serde");
    let strip_fields = |fields: &mut Fields| {
        for field in fields {
            field.attrs.retain(|attribute| !ours(attribute));
        }
    };
    match &mut input.data {
        Data::Struct(data) => strip_fields(&mut data.fields),
        Data::Enum(data) => {
            for variant in &mut data.variants {
                variant.attrs.retain(|attribute| !ours(attribute));
                strip_fields(&mut variant.fields);
            }
        }
        Data::Union(_) => {}
    }
    // A second derive of serde's traits would be a second error for the fault that was reported.
    for attribute in &mut input.attrs {
        if !attribute.path().is_ident("derive") {
            continue;
        }
        let kept =
            attribute.parse_args_with(syn::punctuated::Punctuated::<syn::Path, syn::Token![,]>::parse_terminated);
        if let Ok(paths) = kept {
            let kept: Vec<_> = paths
                .into_iter()
                .filter(|path| {
                    let last = path.segments.last().map(|segment| segment.ident.to_string());
                    !matches!(last.as_deref(), Some("Serialize" | "Deserialize"))
                })
                .collect();
            *attribute = syn::parse_quote!(#[derive(#(#kept),*)]);
        }
    }
    input.attrs.retain(|attribute| !attribute.path().is_ident("serde"));
}
