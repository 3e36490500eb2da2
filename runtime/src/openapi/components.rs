//! [`Components`]: the schemas that have a name, each described once.

use std::{any::TypeId, collections::HashSet};

use serde_json::Value;

use super::{
    SourceLocation,
    schema::{Reference, Schema},
};
use crate::{decode::Pattern, operation::Fields};

/// A type that can say what its JSON looks like.
///
/// [`#[model]`](macro@crate::model) implements it. A type of your own that reads and writes itself does it by hand:
///
/// ```
/// use versify::openapi::{Components, Describe, Schema};
///
/// struct Sku(String);
///
/// impl Describe for Sku {
///     fn describe(_: &mut Components) -> Schema {
///         Schema { pattern: Some("^[A-Z]{3}-[0-9]+$"), ..Schema::string() }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no schema, so it cannot stand in the document",
    note = "annotate your own type with `#[model]`; see `versify::openapi::Describe` for doing it by hand"
)]
pub trait Describe {
    /// The schema of this type. A type with a name of its own adds itself with [`Components::add`].
    fn describe(components: &mut Components) -> Schema;

    /// Whether it says nothing of its values.
    const UNTYPED: bool = false;

    /// Whether a value may be [unset](Self::is_unset).
    const CAN_BE_UNSET: bool = false;

    /// Whether it says that there is nothing: a model leaves such a field out when it is written.
    #[inline]
    fn is_unset(&self) -> bool {
        false
    }

    /// The fields of a model, one by one: for models that stand for several parameters, and for `flatten`.
    fn describe_fields(_fields: &mut Fields<'_>) {}
}

/// Identity of a component: the Rust type that it describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ComponentId {
    id: TypeId,
    /// Whether it says what answers look like; requests may look different.
    output: bool,
    /// Tells apart several components of one type, such as the members of a tagged union.
    part: &'static str,
    type_name: &'static str,
}

impl ComponentId {
    /// The component of type `T`.
    #[must_use]
    pub fn of<T: 'static>() -> Self {
        Self::part_of::<T>("")
    }

    /// One of several components that describe parts of `T`.
    #[must_use]
    pub fn part_of<T: 'static>(part: &'static str) -> Self {
        Self { id: TypeId::of::<T>(), output: false, part, type_name: std::any::type_name::<T>() }
    }

    /// The same type as requests see it.
    pub(super) const fn input(self) -> Self {
        Self { output: false, ..self }
    }

    pub(super) const fn is_output(&self) -> bool {
        self.output
    }

    /// The Rust path of the type, as the compiler writes it; it tells apart types of one name.
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        self.type_name
    }

    /// Which part of the type this is; empty for the type itself.
    #[must_use]
    pub const fn part(&self) -> &'static str {
        self.part
    }
}

/// One entry of [`Components`].
#[derive(Debug, Clone)]
pub struct Component {
    /// The type it describes.
    pub id: ComponentId,
    /// The name it asks for; types of one name get longer ones in the document.
    pub name: String,
    /// What it is; references in it are by [`ComponentId`].
    pub schema: Schema,
}

/// The named schemas that a document needs, collected while operations describe themselves.
#[derive(Debug, Clone, Default)]
pub struct Components {
    entries: Vec<Component>,
    output: bool,
    /// Whether models look in answers as in requests, but for those with computed fields.
    joined: bool,
    /// Whether a model with computed fields was described.
    pub(crate) computed: bool,
    inlining: Vec<Inlining>,
    /// The patterns of parameters and of models' fields: the app compiles them before it starts.
    pub(crate) patterns: Vec<&'static Pattern>,
    /// Security schemes by name.
    pub(crate) security_schemes: Vec<(&'static str, Value)>,
    /// Who takes each of them first.
    scheme_users: Vec<(&'static str, SourceLocation)>,
    /// The names of schemes that are declared in two ways, and who takes the first and the second.
    pub(crate) ambiguous_schemes: Vec<(&'static str, [(&'static str, SourceLocation); 2])>,
}

/// A schema that is being described where it is used.
#[derive(Debug, Clone)]
struct Inlining {
    id: ComponentId,
    /// Whether it met itself.
    recurs: bool,
}

impl Components {
    /// None; models may look different in requests and in answers if `separate`.
    pub(crate) fn new(separate: bool) -> Self {
        Self { joined: !separate, ..Self::default() }
    }

    /// Adds a security scheme, once, which `function` takes.
    pub(crate) fn add_security_scheme(
        &mut self,
        name: &'static str,
        scheme: Value,
        function: (&'static str, SourceLocation),
    ) {
        let mut known = self.security_schemes.iter().zip(&self.scheme_users);
        match known.find(|((known, _), _)| *known == name) {
            None => {
                self.security_schemes.push((name, scheme));
                self.scheme_users.push(function);
            }
            Some(((_, known), _)) if *known == scheme => {}
            Some(_) if self.ambiguous_schemes.iter().any(|(known, _)| *known == name) => {}
            Some((_, first)) => self.ambiguous_schemes.push((name, [*first, function])),
        }
    }

    /// Adds the component `id` under `name` unless it is there, and returns a reference to it.
    ///
    /// `describe` may refer to the same component: recursion ends at the reference.
    pub fn add(&mut self, id: ComponentId, name: &str, describe: impl FnOnce(&mut Self) -> Schema) -> Schema {
        let id = ComponentId { output: self.output, ..id };
        if let Some(index) = self.begin(id, name) {
            let schema = describe(self);
            self.complete(index, schema);
        }
        Schema::reference(id)
    }

    /// Where the component is that was not there yet.
    fn begin(&mut self, id: ComponentId, name: &str) -> Option<usize> {
        if self.entries.iter().any(|entry| entry.id == id) {
            return None;
        }
        self.entries.push(Component { id, name: name.to_owned(), schema: Schema::any() });
        Some(self.entries.len() - 1)
    }

    fn complete(&mut self, index: usize, schema: Schema) {
        if let Some(entry) = self.entries.get_mut(index) {
            entry.schema = schema;
        }
    }

    /// Adds examples to a schema, or to the component that it refers to.
    #[must_use]
    pub fn add_examples(&mut self, mut schema: Schema, examples: Vec<Value>) -> Schema {
        let component = match schema.reference {
            Some(Reference::Component(id)) => self.entries.iter_mut().find(|entry| entry.id == id),
            _ => None,
        };
        match component {
            Some(component) => component.schema.examples = examples,
            None => schema.examples = examples,
        }
        schema
    }

    /// Puts further keys over those of a schema, or of the component that it refers to.
    #[must_use]
    pub fn extend(&mut self, mut schema: Schema, extra: Value) -> Schema {
        let component = match schema.reference {
            Some(Reference::Component(id)) => self.entries.iter_mut().find(|entry| entry.id == id),
            _ => None,
        };
        match component {
            Some(component) => component.schema.extend(extra),
            None => schema.extend(extra),
        }
        schema
    }

    /// A schema that stands where it is used, unless it holds itself: then it is the component `id`.
    pub(crate) fn inline(&mut self, id: ComponentId, name: &str, describe: impl FnOnce(&mut Self) -> Schema) -> Schema {
        let id = ComponentId { output: self.output, ..id };
        if self.get(id).is_some() {
            return Schema::reference(id);
        }
        if let Some(open) = self.inlining.iter_mut().find(|open| open.id == id) {
            open.recurs = true;
            return Schema::reference(id);
        }
        self.inlining.push(Inlining { id, recurs: false });
        let schema = describe(self);
        match self.inlining.pop() {
            Some(Inlining { recurs: true, .. }) => {
                self.entries.push(Component { id, name: name.to_owned(), schema });
                Schema::reference(id)
            }
            _ => schema,
        }
    }

    /// Whether answers are being described, not requests: some models look different there.
    #[must_use]
    pub const fn is_output(&self) -> bool {
        self.output
    }

    /// Describes what answers look like.
    pub(crate) fn describe_output<T: Describe>(&mut self) -> Schema {
        self.describe_output_with(T::describe)
    }

    pub(crate) fn describe_output_with(&mut self, describe: fn(&mut Self) -> Schema) -> Schema {
        let output = !self.joined || Self::computes(describe);
        let before = std::mem::replace(&mut self.output, output);
        let schema = describe(self);
        self.output = before;
        schema
    }

    /// Whether a type has computed fields, or holds one that has.
    fn computes(describe: fn(&mut Self) -> Schema) -> bool {
        let mut trial = Self { output: true, ..Self::default() };
        describe(&mut trial);
        trial.computed
    }

    /// The component `id`, if it was added.
    #[must_use]
    pub fn get(&self, id: ComponentId) -> Option<&Component> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// Whether a component leads back to itself.
    fn is_recursive(&self, id: ComponentId) -> bool {
        let mut seen = HashSet::new();
        let mut left = vec![id];
        while let Some(component) = left.pop().and_then(|id| self.get(id)) {
            let mut schema = component.schema.clone();
            let mut found = Vec::new();
            schema.walk_references(&mut |reference| {
                if let Reference::Component(id) = *reference {
                    found.push(id);
                }
            });
            if found.contains(&id) {
                return true;
            }
            left.extend(found.into_iter().filter(|id| seen.insert(*id)));
        }
        false
    }

    /// The types that look different in requests and in answers, or hold such a type. As in FastAPI's documents, one
    /// that holds itself does: it refers to itself by a name that says which of the two it is.
    pub(super) fn differing(&self) -> HashSet<ComponentId> {
        let both = self.entries.iter().map(|entry| entry.id).filter(|id| !id.output);
        let both = both.filter(|id| self.get(ComponentId { output: true, ..*id }).is_some());
        let mut differing: HashSet<ComponentId> = both.filter(|id| self.is_recursive(*id)).collect();
        let outputs: Vec<&Component> = self.entries.iter().filter(|entry| entry.id.output).collect();
        loop {
            let seen_alike = |component: &Component| {
                let mut schema = component.schema.clone();
                schema.walk_references(&mut |reference| {
                    if let Reference::Component(id) = reference
                        && !differing.contains(&id.input())
                    {
                        *id = id.input();
                    }
                });
                schema
            };
            let found = outputs.iter().find(|output| {
                !differing.contains(&output.id.input())
                    && self.get(output.id.input()).is_some_and(|input| seen_alike(input) != seen_alike(output))
            });
            match found {
                Some(output) => differing.insert(output.id.input()),
                None => return differing,
            };
        }
    }

    /// All components, in the order in which they were met.
    pub fn iter(&self) -> impl Iterator<Item = &Component> {
        self.entries.iter()
    }
}
