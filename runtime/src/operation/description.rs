//! [`Description`]: an operation, while it describes itself.

mod answers;
mod body;
mod form;
mod parameters;

use std::any::TypeId;

use poem::http::Method;
use serde_json::Value;

use self::answers::answer_schema;
use super::{
    OperationMeta, Selection,
    path_template::{documented_path, path_names},
    requirements::Requirements,
};
use crate::{
    decode::Docs,
    dependency::{Dependency, RouteDependency},
    openapi::{
        BodyField, BodySpec, Components, Example, FormPart, FormSpec, OperationSpec, ParameterSpec, Responses,
        SourceLocation, summary_of,
    },
    reply::Class,
};

/// The media type of JSON.
const JSON: &str = "application/json";

/// An operation that describes itself: generated code calls one method for each argument, and one for the answer.
#[derive(Debug)]
pub struct Description<'a> {
    components: &'a mut Components,
    spec: OperationSpec,
    /// What the function that describes itself reads.
    own: Inputs,
    /// What its dependencies read, which stands behind it.
    of_dependencies: Inputs,
    embed: bool,
    path_names: Vec<String>,
    /// The dependencies that are being described, outermost first.
    dependencies: Vec<Dependant>,
    /// The scopes that are asked for here.
    scopes: Vec<&'static str>,
    /// What apps and routers document.
    inherited: Responses,
    additional: Responses,
    requirements: Requirements,
    /// The media type of answers that are JSON.
    json: &'static str,
}

/// What one function reads of a request.
#[derive(Debug, Default)]
struct Inputs {
    parameters: Vec<ParameterSpec>,
    bodies: Vec<BodyField>,
    forms: Vec<FormPart>,
}

impl Inputs {
    fn extend(&mut self, other: Self) {
        self.parameters.extend(other.parameters);
        self.bodies.extend(other.bodies);
        self.forms.extend(other.forms);
    }
}

/// A dependency that is being described.
#[derive(Debug, Clone, Copy)]
struct Dependant {
    id: TypeId,
    function: (&'static str, SourceLocation),
}

impl<'a> Description<'a> {
    pub(crate) fn new(meta: &OperationMeta, path: &str, components: &'a mut Components) -> Self {
        let methods = meta.methods.iter().filter_map(|method| Method::from_bytes(method.as_bytes()).ok());
        let spec = OperationSpec {
            methods: methods.collect(),
            path: documented_path(path),
            function: meta.function,
            location: meta.location,
            operation_id: meta.operation_id.map(str::to_owned),
            tags: meta.tags.iter().map(|tag| (*tag).to_owned()).collect(),
            summary: meta.summary.map_or_else(|| summary_of(meta.function), str::to_owned),
            description: meta.description.map(str::to_owned),
            deprecated: meta.deprecated,
            include_in_schema: meta.include_in_schema,
            parameters: Vec::new(),
            body: BodySpec::None,
            security: Vec::new(),
            responses: Vec::new(),
            callbacks: Vec::new(),
            extra: meta.openapi_extra.map(|extra| extra()),
        };
        Self {
            components,
            spec,
            own: Inputs::default(),
            of_dependencies: Inputs::default(),
            embed: meta.embed,
            path_names: path_names(path).map(str::to_owned).collect(),
            dependencies: Vec::new(),
            scopes: Vec::new(),
            inherited: Responses::new(),
            additional: Responses::new(),
            requirements: Requirements::default(),
            json: meta.response_class.map_or(JSON, Class::media_type),
        }
    }

    /// A dependency: what it reads, and how it fails, is the operation's, too.
    pub fn dependency<D: Dependency>(&mut self, scopes: &'static [&'static str]) {
        let function = (D::META.function, D::META.location);
        let dependant = Dependant { id: TypeId::of::<D>(), function };
        if let Some(start) = self.dependencies.iter().position(|known| known.id == dependant.id) {
            let cycle = self.dependencies.iter().skip(start).map(|known| known.function).collect();
            self.requirements.cycles.push(cycle);
            return;
        }
        let outer_scopes = self.scopes.len();
        self.scopes.extend_from_slice(scopes);
        self.dependencies.push(dependant);
        if !scopes.is_empty() {
            self.uses_scopes();
        }
        let outer = (std::mem::take(&mut self.own), std::mem::take(&mut self.of_dependencies));
        D::describe(self);
        let inner = (std::mem::replace(&mut self.own, outer.0), std::mem::replace(&mut self.of_dependencies, outer.1));
        self.of_dependencies.extend(inner.0);
        self.of_dependencies.extend(inner.1);
        self.dependencies.pop();
        self.scopes.truncate(outer_scopes);
    }

    /// Dependencies of which nobody takes the value.
    pub(crate) fn route_dependencies<'d>(&mut self, dependencies: impl IntoIterator<Item = &'d RouteDependency>) {
        for dependency in dependencies {
            (dependency.describe)(self, dependency.scopes);
        }
    }

    /// A security scheme (OpenAPI's Security Scheme Object), with the scopes that are asked for here.
    pub fn security(&mut self, name: &'static str, scheme: Value) {
        let operation = (self.spec.function, self.spec.location);
        let function = self.dependencies.last().map_or(operation, |dependant| dependant.function);
        self.components.add_security_scheme(name, scheme, function);
        self.uses_scopes();
        let index = self.spec.security.iter().position(|(known, _)| *known == name);
        let index = index.unwrap_or_else(|| {
            self.spec.security.push((name, Vec::new()));
            self.spec.security.len() - 1
        });
        if let Some((_, scopes)) = self.spec.security.get_mut(index) {
            for scope in &self.scopes {
                if !scopes.contains(scope) {
                    scopes.push(scope);
                }
            }
        }
    }

    /// What is described looks at the scopes that are asked for.
    pub fn uses_scopes(&mut self) {
        for dependant in &self.dependencies {
            if !self.requirements.scoped.contains(&dependant.id) {
                self.requirements.scoped.push(dependant.id);
            }
        }
    }

    /// What is described takes the request's id.
    pub(crate) fn uses_request_id(&mut self) {
        self.requirements.request_id = true;
    }

    /// The operation reads the app's state of type `T`.
    pub fn state<T: 'static>(&mut self) {
        self.requirements.states.push((TypeId::of::<T>(), std::any::type_name::<T>()));
    }

    /// The operation takes a WebSocket.
    pub fn socket(&mut self) {
        self.requirements.socket = true;
    }

    /// The schemas that have a name.
    pub fn components(&mut self) -> &mut Components {
        self.components
    }

    pub(crate) fn finish(mut self, meta: &OperationMeta) -> (OperationSpec, Requirements) {
        self.requirements.checks_syntax = !self.of_dependencies.bodies.is_empty();
        let mut inputs = self.own;
        inputs.extend(self.of_dependencies);
        self.spec.parameters = inputs.parameters;
        let mut bodies: Vec<BodyField> = Vec::new();
        for body in inputs.bodies {
            // Of one name in several dependencies there is one value.
            match bodies.iter_mut().find(|known| known.name == body.name) {
                Some(known) => *known = body,
                None => bodies.push(body),
            }
        }
        self.requirements.embed = self.embed || bodies.len() > 1;
        let raw = matches!(self.spec.body, BodySpec::Raw { .. });
        self.requirements.two_bodies = !inputs.forms.is_empty() && (raw || !bodies.is_empty());
        if !bodies.is_empty() {
            self.spec.body = match <[BodyField; 1]>::try_from(bodies) {
                Ok([field]) if !self.embed => BodySpec::Whole(field),
                Ok([field]) => BodySpec::Embedded(vec![field]),
                Err(fields) => BodySpec::Embedded(fields),
            };
        }
        if !inputs.forms.is_empty() {
            self.spec.body = BodySpec::Form(FormSpec::new(inputs.forms));
        }
        if let (Some(description), Some(first)) = (meta.response_description, self.spec.responses.first_mut()) {
            first.description = description.to_owned();
        }
        if let Some(schema) = answer_schema(&self.spec, self.json) {
            self.requirements.unknown_fields = Selection::unknown(meta.selected, &schema, self.components);
        }
        let declared = |status| self.spec.responses.iter().any(|known| known.additional && known.status == status);
        let responses = self.inherited.without(declared).and(self.additional);
        responses.document(self.json, &mut self.spec.responses, self.components);
        // A model is described once: the first operation that uses it is named.
        self.requirements.patterns = std::mem::take(&mut self.components.patterns);
        (self.spec, self.requirements)
    }
}

fn openapi_examples(docs: &Docs) -> Vec<(&'static str, Example)> {
    docs.openapi_examples.map(|examples| examples()).unwrap_or_default()
}
