//! [`Description`]: an operation, while it describes itself.

mod form;

use std::any::TypeId;

use poem::http::{Method, StatusCode};
use serde_json::{Number, Value};

use super::{
    BodyUse, OperationMeta, Selection,
    path_template::{documented_path, path_names},
};
use crate::{
    decode::{Bound, Decode, Docs, Extras, Field, Pattern, Rules},
    dependency::{Dependency, RouteDependency},
    openapi::{
        Additional, BodyField, BodySpec, ComponentId, Components, Describe, Example, FormPart, FormSpec, Kind,
        MediaSpec, OperationSpec, ParameterSpec, Place, Reference, ResponseSpec, Responses, Schema, SourceLocation,
        StreamForm, StreamSpec, summary_of, title_of,
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

/// What an operation needs of its app; it is checked at the start.
#[derive(Debug, Default)]
pub(crate) struct Requirements {
    pub(crate) states: Vec<(TypeId, &'static str)>,
    pub(crate) patterns: Vec<&'static Pattern>,
    /// Names of fields that the answer does not have, and those that it has.
    pub(crate) unknown_fields: Vec<(&'static str, Vec<String>)>,
    pub(crate) body_use: BodyUse,
    pub(crate) embed: bool,
    pub(crate) checks_syntax: bool,
    /// The dependencies that look at scopes, or depend on one that does.
    pub(crate) scoped: Vec<TypeId>,
    /// Whether what the function returns is written as JSON.
    pub(crate) answers_json: bool,
    /// Dependencies that depend on themselves, each way round once.
    pub(crate) cycles: Vec<Vec<(&'static str, SourceLocation)>>,
    /// Path parameters that are wanted and not there.
    pub(crate) missing_path_parameters: Vec<String>,
    /// Whether it takes a WebSocket.
    pub(crate) socket: bool,
    /// Whether it takes the request's id.
    pub(crate) request_id: bool,
    /// Whether the body is read as a form and as something else.
    pub(crate) two_bodies: bool,
    /// Parameters of types that no text can be, by place and name.
    pub(crate) textless: Vec<(Place, String)>,
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
        self.components.add_security_scheme(name, scheme);
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

    /// A parameter that no attribute gives a place: of the path, if that has its name.
    pub fn inferred<T: Decode + Describe>(&mut self, place: Place, field: &Field<T>) {
        let place = if self.path_names.iter().any(|name| name == field.name) { Place::Path } else { place };
        self.parameter(place, field);
    }

    /// A parameter of the path that an attribute asks for, and that the operation's own template lacks: it may be in a
    /// router's prefix, or in the path of whoever depends on this function.
    pub fn path_by_name<T: Decode + Describe>(&mut self, field: &Field<T>, name: &str) {
        match field.among(&self.path_names) {
            Some(field) => self.parameter(Place::Path, &field),
            None => self.requirements.missing_path_parameters.push(name.to_owned()),
        }
    }

    /// A parameter that is read as text.
    ///
    /// A model stands for as many as it has fields.
    pub fn parameter<T: Decode + Describe>(&mut self, place: Place, field: &Field<T>) {
        if T::FIELDS && place != Place::Path {
            let all = Parameters {
                optional: field.default.is_some() || (!field.is_required() && T::when_missing().is_some()),
                converts_underscores: field.converts_underscores(),
                include_in_schema: field.docs.include_in_schema,
            };
            return self.parameters(place, T::describe_fields, &all);
        }
        let schema = field_schema(field, self.components);
        self.one_parameter(place, field.name, is_required(field), schema, &field.docs);
    }

    fn one_parameter(&mut self, place: Place, name: &str, required: bool, schema: Schema, docs: &Docs) {
        self.check_text(place, name, &schema);
        let untitled = schema.title.is_none() && schema.reference.is_none();
        let title = if untitled { Some(title_of(name)) } else { schema.title };
        self.own.parameters.push(ParameterSpec {
            name: name.to_owned(),
            place,
            required,
            description: docs.description.map(str::to_owned),
            deprecated: docs.deprecated,
            examples: docs.examples.map(|examples| examples()).unwrap_or_default(),
            openapi_examples: openapi_examples(docs),
            include_in_schema: docs.include_in_schema,
            schema: Schema { title, ..schema },
        });
    }

    fn parameters(&mut self, place: Place, describe: fn(&mut Fields<'_>), all: &Parameters) {
        let mut fields = Fields::new(self.components, Schema::any());
        describe(&mut fields);
        let Fields { aliased, schema: Schema { properties, required, .. }, .. } = fields;
        for ((declared, schema), aliased) in properties.into_iter().zip(aliased) {
            let hyphens = place == Place::Header && !aliased && all.converts_underscores;
            let name = if hyphens { declared.replace('_', "-") } else { declared.clone() };
            self.own.parameters.push(ParameterSpec {
                place,
                required: !all.optional && required.contains(&declared),
                description: schema.description.clone(),
                deprecated: schema.deprecated,
                examples: schema.examples.clone(),
                openapi_examples: Vec::new(),
                include_in_schema: all.include_in_schema,
                schema,
                name,
            });
        }
    }

    /// A parameter is a text, or several of them; in the path, one.
    fn check_text(&mut self, place: Place, name: &str, schema: &Schema) {
        let lists = if place == Place::Path { 0 } else { 1 };
        if !is_text(schema, lists, self.components, &mut Vec::new()) {
            self.requirements.textless.push((place, name.to_owned()));
        }
    }

    /// A parameter of which everything is said.
    pub fn add_parameter(&mut self, parameter: ParameterSpec) {
        self.own.parameters.push(parameter);
    }

    /// A value of the body.
    pub fn body<T: Decode + Describe>(&mut self, field: &Field<T>) {
        let schema = field_schema(field, self.components);
        self.one_body(field.name, is_required(field), schema, &field.docs);
    }

    fn one_body(&mut self, name: &str, required: bool, schema: Schema, docs: &Docs) {
        self.needs(BodyUse::Value);
        self.own.bodies.push(BodyField {
            name: name.to_owned(),
            required,
            media_type: docs.media_type.unwrap_or("application/json").to_owned(),
            openapi_examples: openapi_examples(docs),
            schema,
        });
    }

    /// The body as bytes.
    pub fn raw_body(&mut self, docs: &Docs, body_use: BodyUse) {
        self.needs(body_use);
        self.spec.body = BodySpec::Raw {
            media_type: docs.media_type.unwrap_or("application/octet-stream").to_owned(),
            description: docs.description.map(str::to_owned),
        };
    }

    fn needs(&mut self, body_use: BodyUse) {
        self.requirements.body_use = self.requirements.body_use.and(body_use);
    }

    /// The body as JSON Lines, each of them an `item`.
    pub fn lines_body(&mut self, docs: &Docs, item: Schema) {
        self.needs(BodyUse::Stream);
        self.spec.body = BodySpec::Lines {
            item,
            media_type: docs.media_type.unwrap_or("application/jsonl").to_owned(),
            description: docs.description.map(str::to_owned),
        };
    }

    /// The operation reads the app's state of type `T`.
    pub fn state<T: 'static>(&mut self) {
        self.requirements.states.push((TypeId::of::<T>(), std::any::type_name::<T>()));
    }

    /// The operation takes a WebSocket.
    pub fn socket(&mut self) {
        self.requirements.socket = true;
    }

    /// An answer of JSON.
    pub fn json_response<T: Describe>(&mut self, status: StatusCode) {
        self.json_response_of(status, T::describe);
    }

    fn json_response_of(&mut self, status: StatusCode, describe: fn(&mut Components) -> Schema) {
        let schema = self.components.describe_output_with(describe);
        self.requirements.answers_json = true;
        self.response(status, vec![(self.json.to_owned(), schema)]);
    }

    /// An answer of which nothing is known but that it is JSON by default.
    pub fn untyped_response(&mut self, status: StatusCode) {
        self.requirements.answers_json = true;
        self.raw_response(status);
    }

    /// An answer of which nothing is known, and which is sent as it is.
    pub(crate) fn raw_response(&mut self, status: StatusCode) {
        self.response(status, vec![(self.json.to_owned(), Schema::any())]);
    }

    /// An answer in one or several forms.
    pub fn response(&mut self, status: StatusCode, content: Vec<(String, Schema)>) {
        let content = content.into_iter().map(|(media_type, schema)| MediaSpec::new(media_type, schema)).collect();
        self.answer(ResponseSpec::new(status, "Successful Response").content(content));
    }

    /// An answer of items, one after another; `None`: nothing is known of them.
    pub fn stream_response(&mut self, status: StatusCode, form: StreamForm, item: Option<Schema>) {
        let stream = Some(StreamSpec { form, item });
        self.answer(ResponseSpec { stream, ..ResponseSpec::new(status, "Successful Response") });
    }

    /// An answer of which everything can be said.
    pub fn answer(&mut self, mut response: ResponseSpec) {
        if response.status.without_content() {
            response.content = Vec::new();
            response.stream = None;
        }
        match self.spec.responses.iter_mut().find(|known| known.status == response.status) {
            Some(known) => known.or(response),
            None => self.spec.responses.push(response),
        }
    }

    /// An answer that is a fault; several for one status are joined.
    pub fn failure(&mut self, status: StatusCode, words: &str, content: Vec<(String, Schema)>) {
        let content = content.into_iter().map(|(media_type, schema)| MediaSpec::new(media_type, schema)).collect();
        self.failed(ResponseSpec::new(status, words).content(content));
    }

    /// An answer that is a fault, of which everything can be said; several for one status are joined.
    pub fn failed(&mut self, mut response: ResponseSpec) {
        response.additional = true;
        if response.status.without_content() {
            response.content = Vec::new();
        }
        match self.spec.responses.iter_mut().find(|known| known.status == response.status) {
            Some(known) => known.or(response),
            None => self.spec.responses.push(response),
        }
    }

    /// How answers are written that are JSON otherwise, unless the operation says so itself.
    pub(crate) fn default_response_class(&mut self, meta: &OperationMeta, class: Option<Class>) {
        self.json = meta.response_class.or(class).map_or(JSON, Class::media_type);
    }

    /// Answers that apps and routers document. Of those that the signature has the signature says more.
    pub(crate) fn inherit(&mut self, responses: Responses) {
        self.inherited = responses;
    }

    /// Answers that are documented beside those of the signature, over which they are put.
    pub fn responses(&mut self, responses: Responses) {
        self.additional = std::mem::take(&mut self.additional).and(responses);
    }

    /// The schema of a success, in JSON.
    pub(crate) fn answer_schema(&self) -> Option<Schema> {
        answer_schema(&self.spec, self.json)
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

/// Whether a value can be written as a text, or as a list of texts where `lists` of them may be around it.
fn is_text(schema: &Schema, lists: usize, components: &Components, seen: &mut Vec<ComponentId>) -> bool {
    if let Some(Reference::Component(id)) = schema.reference {
        if seen.contains(&id) {
            return true;
        }
        seen.push(id);
        return components.get(id).is_none_or(|component| is_text(&component.schema, lists, components, seen));
    }
    match schema.kind {
        Some(Kind::Object) => false,
        Some(Kind::Array) => {
            let mut items = schema.items.iter().map(|items| &**items).chain(&schema.prefix_items);
            lists > 0 && items.all(|item| is_text(item, lists - 1, components, seen))
        }
        _ => {
            let mut members = schema.any_of.iter().chain(&schema.one_of).chain(&schema.all_of);
            members.all(|member| is_text(member, lists, components, seen))
        }
    }
}

fn answer_schema(spec: &OperationSpec, json: &str) -> Option<Schema> {
    let media = spec.responses.first()?.content.iter().find(|media| media.media_type == json);
    media?.schema.clone()
}

/// What is declared of a model that stands for several parameters.
struct Parameters {
    optional: bool,
    converts_underscores: bool,
    include_in_schema: bool,
}

fn is_required<T: Decode>(field: &Field<T>) -> bool {
    field.default.is_none() && (field.is_required() || T::when_missing().is_none())
}

fn openapi_examples(docs: &Docs) -> Vec<(&'static str, Example)> {
    docs.openapi_examples.map(|examples| examples()).unwrap_or_default()
}

/// The schema of a field's type, with all that was declared of the field.
pub(super) fn field_schema<T: Decode + Describe>(field: &Field<T>, components: &mut Components) -> Schema {
    let schema = T::describe(components);
    let default = match (field.default, field.default_json) {
        (Some(default), Some(to_json)) => to_json(default),
        _ => None,
    };
    declared(schema, &field.rules, default, &field.docs, components)
}

fn declared(
    mut schema: Schema,
    rules: &Rules,
    default: Option<Value>,
    docs: &Docs,
    components: &mut Components,
) -> Schema {
    constrain(&mut schema, rules);
    let items = rules.items.and_then(|items| items.pattern);
    components.patterns.extend(rules.pattern.into_iter().chain(items).map(|pattern| pattern()));
    // As in FastAPI: a default of null is not shown.
    if let Some(default) = default.filter(|value| !value.is_null()) {
        schema.default = Some(default);
    }
    document(&mut schema, docs);
    schema
}

fn document(schema: &mut Schema, docs: &Docs) {
    if let Some(title) = docs.title {
        schema.title = Some(title.to_owned());
    }
    if let Some(description) = docs.description {
        schema.description = Some(description.to_owned());
    }
    if let Some(examples) = docs.examples {
        schema.examples = examples();
    }
    schema.deprecated |= docs.deprecated;
    if let Some(extra) = docs.json_schema_extra {
        schema.extend(extra());
    }
    schema.read_only |= docs.read_only;
    schema.write_only |= docs.write_only;
}

/// Writes constraints into a schema; those of an optional value belong to the value.
fn constrain(schema: &mut Schema, rules: &Rules) {
    if let Some(first) = schema.any_of.first_mut() {
        return constrain(first, rules);
    }
    let number = |bound: Option<Bound>| match bound? {
        Bound::Integer(value) => {
            i64::try_from(value).map(Number::from).or_else(|_| u64::try_from(value).map(Number::from)).ok()
        }
        Bound::Float(value) => Number::from_f64(value),
        // JSON Schema has no bounds of dates.
        Bound::Text(_) => None,
    };
    let set = |place: &mut Option<Number>, bound| *place = number(bound).or(place.take());
    set(&mut schema.exclusive_minimum, rules.gt);
    set(&mut schema.minimum, rules.ge);
    set(&mut schema.exclusive_maximum, rules.lt);
    set(&mut schema.maximum, rules.le);
    set(&mut schema.multiple_of, rules.multiple_of);
    let (min, max) = match schema.kind {
        Some(Kind::Array) => (&mut schema.min_items, &mut schema.max_items),
        Some(Kind::Object) => (&mut schema.min_properties, &mut schema.max_properties),
        _ => (&mut schema.min_length, &mut schema.max_length),
    };
    *min = rules.min_length.or(*min);
    *max = rules.max_length.or(*max);
    schema.pattern = rules.pattern.map(|pattern| pattern().as_str()).or(schema.pattern);
    schema.unique_items |= rules.unique_items;
    if let Some(rules) = rules.items {
        let values = match schema.additional_properties.as_deref_mut() {
            Some(Additional::Schema(values)) => Some(values),
            _ => None,
        };
        if let Some(items) = schema.items.as_deref_mut().or(values) {
            constrain(items, rules);
        }
    }
}

/// The fields of a model, while it describes itself.
#[derive(Debug)]
pub struct Fields<'a> {
    components: &'a mut Components,
    schema: Schema,
    /// Of each property, whether its name was declared for the wire.
    aliased: Vec<bool>,
    /// The name of each, and its other names.
    names: Vec<(&'static str, &'static [&'static str])>,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(components: &'a mut Components, schema: Schema) -> Self {
        Self { components, schema, aliased: Vec::new(), names: Vec::new() }
    }

    /// A field that has one value only: the tag of a union.
    pub fn tag(&mut self, name: &'static str, value: &'static str) {
        self.names.push((name, &[]));
        let schema =
            Schema { constant: Some(Value::String(value.to_owned())), title: Some(title_of(name)), ..Schema::string() };
        self.add(name, schema, true);
        self.schema.required.push(name.to_owned());
    }

    fn add(&mut self, name: &str, schema: Schema, aliased: bool) {
        self.schema.properties.push((name.to_owned(), schema));
        self.aliased.push(aliased);
    }

    /// A field that is computed when the model is written: it stands in answers only.
    pub fn computed<M, T: Describe>(&mut self, name: &'static str, _: fn(&M) -> T) {
        if !self.components.is_output() {
            return;
        }
        self.components.computed = true;
        let schema = T::describe(self.components);
        let untitled = schema.title.is_none() && schema.reference.is_none();
        let title = if untitled { Some(title_of(name)) } else { schema.title.clone() };
        self.add(name, Schema { title, read_only: true, ..schema }, true);
        self.schema.required.push(name.to_owned());
    }

    /// One field.
    pub fn field<T: Decode + Describe>(&mut self, field: &Field<T>) {
        let hidden = if self.components.is_output() { field.docs.write_only } else { field.docs.read_only };
        if hidden {
            return;
        }
        let schema = field_schema(field, self.components);
        self.one_field((field.name, field.aliases), field.aliased, is_required(field), schema);
    }

    fn one_field(
        &mut self,
        names: (&'static str, &'static [&'static str]),
        aliased: bool,
        required: bool,
        mut schema: Schema,
    ) {
        let (name, _) = names;
        if schema.title.is_none() && !schema.is_optional_reference() {
            schema.title = Some(title_of(name));
        }
        if required {
            self.schema.required.push(name.to_owned());
        }
        self.names.push(names);
        self.add(name, schema, aliased);
    }

    /// Undeclared fields, which are kept.
    pub fn extras<M: Extras<Value: Describe>>(&mut self) {
        let values = M::Value::describe(self.components);
        self.schema.additional_properties = Some(Box::new(Additional::from(values)));
    }

    pub(crate) fn finish(self) -> Schema {
        self.schema
    }
}
