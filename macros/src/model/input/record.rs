//! Structs: their fields, and what is declared of all of them together.

use syn::{Expr, Fields, Ident, LitStr, Path};

use super::{super::rename::Rename, Access, Field, Flattened, Record, Shape, field_options};
use crate::{
    ctxt::Ctxt,
    doc_comment::doc_comment,
    field::{COMMON, FieldDecl},
    map_keys::is_map,
    nearest,
    options::Options,
};

/// What is declared of undeclared fields: `extra = ".."`.
pub(super) enum Undeclared {
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
pub(super) struct RecordOptions {
    rename: Rename,
    /// Whether fields are read by their names in Rust, too.
    by_name: bool,
    pub(super) undeclared: Undeclared,
    strict: bool,
    validator: Option<Path>,
    computed: Vec<Ident>,
}

impl RecordOptions {
    pub(super) fn new(options: &Options, rename: Rename, cx: &Ctxt) -> Self {
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
    pub(super) fn of_member(options: &Options, cx: &Ctxt) -> Self {
        Self { computed: Vec::new(), validator: None, ..Self::new(options, Rename::None, cx) }
    }
}

pub(super) fn record(fields: &Fields, options: &RecordOptions, cx: &Ctxt) -> Record {
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
    let known: Vec<&str> = COMMON.into_iter().chain(super::OF_FIELDS).collect();
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
    let access = match (options.flag("read_only", cx), options.flag("write_only", cx)) {
        (false, false) => Access::Both,
        (true, false) => {
            check_unread(&decl, &options, cx);
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
    if record_options.by_name && access != Access::ReadOnly {
        decl.accept_name(name.trim_start_matches("r#"));
    }
    record.fields.push(Field { ident, decl, access });
}

/// Says which options speak of reading a field that is not read.
fn check_unread(decl: &FieldDecl, options: &Options, cx: &Ctxt) {
    for word in ["strict", "fail_fast", "validate", "validate_default", "required"] {
        // That there is no default to validate has been told.
        let told = word == "validate_default" && !decl.has_default();
        if let Some(span) = options.span(word).filter(|_| !told) {
            cx.error_at(span, format!("no request sets a read-only field; remove `{word}` or `read_only`"));
        }
    }
    if !decl.aliases.is_empty() {
        cx.error(&decl.name, "no request sets a read-only field: it has one name, `alias = \"..\"`");
    }
}

pub(super) fn newtype(fields: &syn::FieldsUnnamed, options: &Options, ident: &Ident, cx: &Ctxt) -> Option<Shape> {
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
