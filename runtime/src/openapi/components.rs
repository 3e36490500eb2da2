//! [`Components`]: the schemas that have a name, each described once.

use std::any::TypeId;

use super::schema::Schema;
use crate::decode::Pattern;

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
}

/// Identity of a component: the Rust type that it describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ComponentId {
    id: TypeId,
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
        Self { id: TypeId::of::<T>(), part, type_name: std::any::type_name::<T>() }
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
    /// The patterns of parameters and of models' fields: the app compiles them before it starts.
    pub(crate) patterns: Vec<&'static Pattern>,
}

impl Components {
    /// Adds the component `id` under `name` unless it is there, and returns a reference to it.
    ///
    /// `describe` may refer to the same component: recursion ends at the reference.
    pub fn add(&mut self, id: ComponentId, name: &str, describe: impl FnOnce(&mut Self) -> Schema) -> Schema {
        if !self.entries.iter().any(|entry| entry.id == id) {
            let index = self.entries.len();
            self.entries.push(Component { id, name: name.to_owned(), schema: Schema::any() });
            let schema = describe(self);
            if let Some(entry) = self.entries.get_mut(index) {
                entry.schema = schema;
            }
        }
        Schema::reference(id)
    }

    /// The component `id`, if it was added.
    #[must_use]
    pub fn get(&self, id: ComponentId) -> Option<&Component> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// All components, in the order in which they were met.
    pub fn iter(&self) -> impl Iterator<Item = &Component> {
        self.entries.iter()
    }
}
