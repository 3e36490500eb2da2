//! [`Model`]: what `#[model]` stands on, checked.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Attribute, Data, DataEnum, DataStruct, DeriveInput, Expr, ExprLit, Fields, Generics, Ident, Lit, LitStr, Meta,
    Path, Type, Visibility,
};

use super::rename::Rename;
use crate::{
    ctxt::Ctxt,
    doc_comment::doc_comment,
    field::{COMMON, FieldDecl, SCHEMA_EXTRA},
    nearest,
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

/// The type that `partial` names.
fn partial(input: &DeriveInput, options: &Options, cx: &Ctxt) -> Option<Partial> {
    let ident = options.path("partial", "ItemPatch", cx)?;
    let Some(ident) = ident.get_ident().cloned() else {
        cx.error(ident, "write a name: `partial = ItemPatch`");
        return None;
    };
    let Data::Struct(DataStruct { fields: Fields::Named(fields), .. }) = &input.data else {
        cx.error(&ident, "only a struct with named fields has a part of its fields");
        return None;
    };
    if !input.generics.params.is_empty() {
        cx.error(&ident, "a model with type parameters has no `partial`");
        return None;
    }
    let kept = ["rename_all", "populate_by_name", "extra", "strict"].into_iter().filter_map(|key| options.get(key));
    let kept = kept.map(|item| {
        let key = &item.key;
        item.value.as_ref().map_or_else(|| quote!(#key), |value| quote!(#key = #value))
    });
    Some(Partial {
        ident,
        attributes: input.attrs.clone(),
        options: quote!(#(#kept),*),
        fields: fields.named.iter().cloned().collect(),
    })
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

/// What is declared of undeclared fields: `extra = ".."`.
enum Undeclared {
    /// Nothing is.
    Unsaid,
    Ignored,
    Forbidden,
    /// Where that is said.
    Kept(LitStr),
}

impl Undeclared {
    fn new(options: &Options, cx: &Ctxt) -> Self {
        let Some(text) = options.text("extra", cx) else { return Self::Unsaid };
        match text.value().as_str() {
            "ignore" => Self::Ignored,
            "forbid" => Self::Forbidden,
            "allow" => Self::Kept(text),
            other => {
                cx.error(&text, nearest::unknown("value", other, &["ignore", "forbid", "allow"]));
                Self::Unsaid
            }
        }
    }
}

/// What is declared of all fields together.
struct RecordOptions {
    rename: Rename,
    /// Whether fields are read by their names in Rust, too.
    by_name: bool,
    undeclared: Undeclared,
    strict: bool,
    validator: Option<Path>,
    computed: Vec<Ident>,
}

impl RecordOptions {
    fn new(options: &Options, rename: Rename, cx: &Ctxt) -> Self {
        let computed = options.list("computed", "[area]", cx).unwrap_or_default();
        let computed = computed.into_iter().filter_map(|value| match &value {
            Expr::Path(path) if path.path.get_ident().is_some() => path.path.get_ident().cloned(),
            other => {
                cx.error(other, "write the names of methods: `computed = [area]` for `fn area(&self) -> f64`");
                None
            }
        });
        Self {
            rename,
            by_name: options.flag("populate_by_name", cx),
            undeclared: Undeclared::new(options, cx),
            strict: options.flag("strict", cx),
            validator: options.path("validate", "check_item", cx),
            computed: computed.collect(),
        }
    }

    /// Of a union's member, whose fields keep their names.
    fn of_member(options: &Options, cx: &Ctxt) -> Self {
        Self { computed: Vec::new(), validator: None, ..Self::new(options, Rename::None, cx) }
    }
}

fn record(fields: &Fields, options: &RecordOptions, cx: &Ctxt) -> Record {
    let mut record = Record {
        fields: Vec::new(),
        flattened: Vec::new(),
        extras: None,
        forbids_extra: matches!(options.undeclared, Undeclared::Forbidden),
        validator: options.validator.clone(),
        computed: options.computed.clone(),
    };
    for field in fields {
        one_field(field, options, &mut record, cx);
    }
    find_extras(&mut record, &options.undeclared, cx);
    let mut names: Vec<String> = Vec::new();
    for field in &record.fields {
        for name in std::iter::once(&field.decl.name).chain(&field.decl.aliases) {
            let value = name.value();
            if names.contains(&value) {
                cx.error(name, format!("two fields have the name `{value}` in JSON; give one another `alias`"));
            }
            names.push(value);
        }
    }
    record
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

/// Whether it is written as a map: it takes what is not declared, as with serde.
fn is_map(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == "HashMap" || last.ident == "BTreeMap")
}

/// Finds the map of what is not declared, and says what contradicts it.
fn find_extras(record: &mut Record, undeclared: &Undeclared, cx: &Ctxt) {
    if let (Undeclared::Kept(text), None) = (undeclared, &record.extras) {
        // A map by another name: an alias, or a type of the user's own.
        match record.flattened.pop() {
            Some(part) if record.flattened.is_empty() => record.extras = Some(part),
            _ => cx.error(
                text,
                "undeclared fields are kept in a map: add one, \
                 `#[field(flatten)] extra: BTreeMap<String, Value>`",
            ),
        }
    }
    let Some(extras) = &record.extras else { return };
    match undeclared {
        Undeclared::Forbidden => cx.error(
            &extras.ty,
            "undeclared fields are forbidden by `extra = \"forbid\"`: remove that or this map of them",
        ),
        Undeclared::Ignored => cx.error(
            &extras.ty,
            "undeclared fields are passed over by `extra = \"ignore\"`: remove that or this map of them",
        ),
        Undeclared::Unsaid | Undeclared::Kept(_) => {}
    }
}

fn one_field(field: &syn::Field, record_options: &RecordOptions, record: &mut Record, cx: &Ctxt) {
    let Some(ident) = field.ident.clone() else { return };
    let options = field_options(&field.attrs, cx);
    if options.flag("flatten", cx) {
        options.check("#[field(flatten)]", &["flatten"], cx);
        let part = Flattened { ident, ty: field.ty.clone(), before: record.fields.len() };
        match &record.extras {
            Some(_) if is_map(&part.ty) => {
                cx.error(&part.ty, "another map takes the undeclared fields already: remove one");
            }
            None if is_map(&part.ty) => record.extras = Some(part),
            _ => record.flattened.push(part),
        }
        return;
    }
    let known: Vec<&str> = COMMON.into_iter().chain(OF_FIELDS).collect();
    options.check("#[field]", &known, cx);
    let name = ident.to_string();
    let wire = LitStr::new(&record_options.rename.apply(name.trim_start_matches("r#")), ident.span());
    let renamed = wire.value() != name.trim_start_matches("r#");
    let mut decl = FieldDecl::new(wire, field.ty.clone(), &options, doc_comment(&field.attrs), cx);
    if record_options.strict {
        decl.add_flag("strict");
    }
    if renamed && options.get("alias").is_none() {
        decl.add_flag("aliased");
    }
    if record_options.by_name {
        decl.accept_name(name.trim_start_matches("r#"));
    }
    let access = match (options.flag("read_only", cx), options.flag("write_only", cx)) {
        (false, false) => Access::Both,
        (true, false) => {
            decl.add_flag("read_only");
            if !decl.has_default() {
                decl.default_of_type();
            }
            Access::ReadOnly
        }
        (false, true) => {
            decl.add_flag("write_only");
            Access::WriteOnly
        }
        (true, true) => {
            cx.error(
                &ident,
                "a field that is neither read nor written is no field; remove `read_only` or `write_only`",
            );
            Access::Both
        }
    };
    record.fields.push(Field { ident, decl, access });
}

fn newtype(fields: &syn::FieldsUnnamed, options: &Options, ident: &Ident, cx: &Ctxt) -> Option<Shape> {
    let (Some(field), 1) = (fields.unnamed.first(), fields.unnamed.len()) else {
        cx.error(
            ident,
            "the fields of a model have names, which are its names in JSON: `struct Item { name: String }`; \
             only a struct of one field may leave its name out: `struct Sku(String)`",
        );
        return None;
    };
    let known = ["title", "examples", "json_schema_extra", "validate", "strict", "poem_openapi"];
    options.check("#[model] on a newtype", &known, cx);
    let own = field_options(&field.attrs, cx);
    let known: Vec<&str> = COMMON.into_iter().filter(|word| !word.contains("default") && *word != "alias").collect();
    own.check("#[field]", &known, cx);
    let name = LitStr::new(ident.to_string().trim_start_matches("r#"), ident.span());
    let mut decl = FieldDecl::new(name, field.ty.clone(), &own, doc_comment(&field.attrs), cx);
    if options.flag("strict", cx) {
        decl.add_flag("strict");
    }
    if let Some(path) = options.path("validate", "check_sku", cx) {
        decl.validate_with(path, cx);
    }
    Some(Shape::Newtype(Box::new(decl)))
}

fn enumeration(data: &DataEnum, input: &DeriveInput, options: &Options, rename: Rename, cx: &Ctxt) -> Option<Shape> {
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
