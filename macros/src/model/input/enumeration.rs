//! Enums: fixed values, and unions.

use quote::quote;
use syn::{DataEnum, DeriveInput, Expr, ExprLit, Fields, Lit, LitStr};

use super::{
    super::rename::Rename,
    Constant, Content, Member, Name, Shape, UnionMember, Value, field_options,
    record::{RecordOptions, Undeclared, record},
};
use crate::{
    ctxt::Ctxt,
    doc_comment::doc_comment,
    field::{COMMON, FieldDecl},
    options::Options,
};

pub(super) fn enumeration(
    data: &DataEnum,
    input: &DeriveInput,
    options: &Options,
    rename: Rename,
    cx: &Ctxt,
) -> Option<Shape> {
    if data.variants.is_empty() {
        cx.error(&input.ident, "an enum without variants has no values; add one");
        return None;
    }
    if !input.generics.params.is_empty() && (options.flag("literal", cx) || options.get("tag").is_some()) {
        cx.error(&input.generics, "a union or literal has no type parameters: write its types out");
        return None;
    }
    let tag = options.text("tag", cx);
    let untagged = options.flag("untagged", cx);
    if let (Some(tag), true) = (&tag, untagged) {
        cx.error(tag, "a union has a `tag` or is `untagged`; remove one");
    }
    if let (false, Some(span)) = (untagged, options.span("left_to_right")) {
        cx.error_at(span, "only an `untagged` union is tried member by member");
    }
    if untagged {
        return Some(untagged_union(data, options, cx));
    }
    let plain = data.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit));
    let literal = options.flag("literal", cx);
    match (tag, plain) {
        (None, true) => Some(Shape::Enumeration { literal, values: values(data, rename, literal, cx) }),
        (_, false) if literal => {
            cx.error(&input.ident, "a literal has fixed values: its variants hold no data");
            None
        }
        // What it says instead of a text has been told.
        (None, false) if options.get("tag").is_some() => None,
        (None, false) => {
            cx.error(
                &input.ident,
                "an enum with data needs a field that tells its variants apart: `#[model(tag = \"kind\")]`; \
                 or say that the values themselves do: `#[model(untagged)]`",
            );
            None
        }
        (Some(tag), _) => Some(tagged(data, tag, options, rename, cx)),
    }
}

/// The fixed values of an enum: its names, or its numbers if all variants have one.
fn values(data: &DataEnum, rename: Rename, literal: bool, cx: &Ctxt) -> Vec<Value> {
    let numbered = data.variants.iter().filter(|variant| variant.discriminant.is_some()).count();
    if numbered > 0 && numbered < data.variants.len() {
        for variant in data.variants.iter().filter(|variant| variant.discriminant.is_none()) {
            cx.error(variant, "the other variants are numbers in JSON: give this one its number, too");
        }
    }
    let mut seen: Vec<String> = Vec::new();
    let mut values = Vec::new();
    for variant in &data.variants {
        let options = field_options(&variant.attrs, cx);
        let known: &[&str] = if literal { &["alias", "value"] } else { &["alias"] };
        options.check("#[field] on a variant", known, cx);
        let value = match (options.get("value"), &variant.discriminant) {
            (Some(_), _) => constant(&options, cx),
            (None, Some((_, number))) => {
                if let Some(span) = options.span("alias") {
                    cx.error_at(span, "the variant is a number in JSON, it has no other name");
                }
                Some(Constant::Integer(number.clone()))
            }
            (None, None) => Some(Constant::Text(variant_name(variant, rename, cx).wire)),
        };
        let Some(value) = value else { continue };
        let shown = match &value {
            Constant::Text(text) => format!("{:?}", text.value()),
            Constant::Integer(number) => quote!(#number).to_string(),
            Constant::Boolean(value) => value.value.to_string(),
            Constant::Null => "null".to_owned(),
        };
        if seen.contains(&shown) {
            cx.error(&variant.ident, format!("two variants are {shown} in JSON; give one another value"));
        }
        seen.push(shown);
        values.push(Value { ident: variant.ident.clone(), value });
    }
    values
}

/// `value = 1`, `value = "a"`, `value = true`, `value = null`.
fn constant(options: &Options, cx: &Ctxt) -> Option<Constant> {
    let value = options.expr("value", "\"a\"", cx)?;
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(Constant::Text(text)),
        Expr::Lit(ExprLit { lit: Lit::Bool(value), .. }) => Some(Constant::Boolean(value)),
        Expr::Path(path) if path.path.is_ident("null") => Some(Constant::Null),
        Expr::Lit(ExprLit { lit: Lit::Int(_), .. }) | Expr::Unary(_) => Some(Constant::Integer(value)),
        other => {
            cx.error(other, "a literal is a text, an integer, `true`, `false` or `null`");
            None
        }
    }
}

fn untagged_union(data: &DataEnum, options: &Options, cx: &Ctxt) -> Shape {
    let members = data.variants.iter().filter_map(|variant| {
        if let Fields::Unit = variant.fields {
            let name = LitStr::new("null", variant.ident.span());
            return Some(UnionMember {
                ident: variant.ident.clone(),
                decl: FieldDecl::plain(name, syn::parse_quote!(())),
            });
        }
        let Fields::Unnamed(fields) = &variant.fields else {
            cx.error(&variant.fields, "a member of an untagged union is a type: make this a struct of its own");
            return None;
        };
        let (Some(field), 1) = (fields.unnamed.first(), fields.unnamed.len()) else {
            cx.error(fields, "a variant holds one value");
            return None;
        };
        let own = field_options(&field.attrs, cx);
        let known: Vec<&str> =
            COMMON.into_iter().filter(|word| !word.contains("default") && *word != "alias").collect();
        own.check("#[field]", &known, cx);
        let name = LitStr::new(&variant.ident.to_string(), variant.ident.span());
        let decl = FieldDecl::new(name, field.ty.clone(), &own, doc_comment(&variant.attrs), cx);
        Some(UnionMember { ident: variant.ident.clone(), decl })
    });
    Shape::Untagged { left_to_right: options.flag("left_to_right", cx), members: members.collect() }
}

const MEMBER_WITH_EXTRAS: &str = "a member that keeps undeclared fields is a type of its own: `Member(Type)`";

fn tagged(data: &DataEnum, tag: LitStr, options: &Options, rename: Rename, cx: &Ctxt) -> Shape {
    let names: Vec<Name> = data.variants.iter().map(|variant| variant_name(variant, rename, cx)).collect();
    for (index, name) in names.iter().enumerate() {
        let wire = name.wire.value();
        if names.iter().take(index).any(|other| other.wire.value() == wire) {
            cx.error(&name.ident, format!("two variants have the name `{wire}` in JSON; rename one"));
        }
    }
    let mut record_options = RecordOptions::of_member(options, cx);
    if let Undeclared::Kept(text) = &record_options.undeclared {
        cx.error(text, MEMBER_WITH_EXTRAS);
        record_options.undeclared = Undeclared::Unsaid;
    }
    let members = data.variants.iter().zip(names).filter_map(|(variant, name)| {
        let content = match &variant.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                Content::Type(Box::new(fields.unnamed.first().map(|field| field.ty.clone())?))
            }
            Fields::Unnamed(fields) => {
                cx.error(fields, "a variant holds one model, or fields with names");
                return None;
            }
            fields => {
                let record = record(fields, &record_options, cx);
                if let Some(extras) = &record.extras {
                    cx.error(&extras.ty, MEMBER_WITH_EXTRAS);
                }
                for field in record.fields.iter().filter(|field| field.decl.name.value() == tag.value()) {
                    cx.error(&field.ident, format!("`{}` is the tag of the union; rename the field", tag.value()));
                }
                Content::Fields(record)
            }
        };
        Some(Member { name, description: doc_comment(&variant.attrs), content })
    });
    Shape::Tagged { members: members.collect(), tag }
}

fn variant_name(variant: &syn::Variant, rename: Rename, cx: &Ctxt) -> Name {
    let name = variant.ident.to_string();
    let mut wire = LitStr::new(&rename.apply(name.trim_start_matches("r#")), variant.ident.span());
    let options = field_options(&variant.attrs, cx);
    options.check("#[field] on a variant", &["alias", "value"], cx);
    if let Some(alias) = options.text("alias", cx) {
        wire = alias;
    }
    Name { ident: variant.ident.clone(), wire }
}
