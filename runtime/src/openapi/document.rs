//! The OpenAPI 3.1 document, as FastAPI 0.165 writes it.

use std::collections::HashMap;

use serde_json::Value;

use super::{
    BodyField, BodySpec, ComponentId, Components, Example, Foreign, HeaderSpec, Info, Kind, MediaSpec, OperationSpec,
    Place, Reference, ResponseSpec, Schema, SourceLocation, StreamForm, StreamSpec,
    form::FormSchema,
    naming::{component_names, operation_id, title_of},
    node::Node,
    operation::{titled, titled_property},
};

const VALIDATION_ERROR: &str = "HTTPValidationError";

/// A document, and the names in it that stand for two things.
pub(crate) struct Written {
    pub(crate) text: Vec<u8>,
    pub(crate) clashes: Vec<(String, (&'static str, SourceLocation))>,
}

/// Writes the document.
pub(crate) fn document(
    info: &Info,
    operations: &[OperationSpec],
    webhooks: &[OperationSpec],
    foreign: &Foreign,
    components: &Components,
) -> Written {
    let mut writer = Writer {
        components,
        names: component_names(components),
        used: Vec::new(),
        extra: Vec::new(),
        validates: false,
    };
    let mut paths = writer.paths(operations);
    for operation in &foreign.operations {
        if let Some(item) = paths.entry(&operation.path) {
            item.keep(operation.method.as_str().to_lowercase(), Node::of(&operation.node));
        }
    }
    let hooks = writer.paths(webhooks);
    let (schemas, clashes) = writer.schemas(foreign);
    let mut document = Node::object().with("openapi", "3.1.0").with("info", Node::raw(info)).with("paths", paths);
    if !hooks.is_empty() {
        document.put("webhooks", hooks);
    }
    let mut all = Node::object();
    if !schemas.is_empty() {
        all.put("schemas", schemas);
    }
    let schemes = security_schemes(operations.iter().chain(webhooks), foreign, components);
    if !schemes.is_empty() {
        all.put("securitySchemes", schemes);
    }
    if !all.is_empty() {
        document.put("components", all);
    }
    let described = |name: Option<&Value>| info.tags.iter().any(|tag| name.is_some_and(|name| *name == tag.name));
    let foreign_tags = foreign.tags.iter().filter(|tag| !described(tag.get("name"))).map(Node::of);
    let tags: Vec<Node> = info.tags.iter().map(Node::raw).chain(foreign_tags).collect();
    if !tags.is_empty() {
        document.put("tags", tags);
    }
    if !info.servers.is_empty() {
        document.put("servers", info.servers.iter().map(Node::raw).collect::<Vec<_>>());
    }
    if let Some(docs) = &info.external_docs {
        document.put("externalDocs", Node::raw(docs));
    }
    Written { text: serde_json::to_vec(&document).unwrap_or_default(), clashes }
}

struct Writer<'a> {
    components: &'a Components,
    names: HashMap<ComponentId, String>,
    /// Components that something refers to, in the order in which they were met.
    used: Vec<ComponentId>,
    /// Components that no type stands for: `Body_…`.
    extra: Vec<(String, Schema)>,
    /// Whether some operation answers 422.
    validates: bool,
}

impl Writer<'_> {
    fn paths(&mut self, operations: &[OperationSpec]) -> Node {
        let mut paths = Node::object();
        for spec in operations.iter().filter(|spec| spec.include_in_schema) {
            let operation = self.operation(spec);
            if let Some(item) = paths.entry(&spec.path) {
                for method in &spec.methods {
                    // Of several on one path the first serves and the last is shown, as in FastAPI.
                    item.set(method.as_str().to_lowercase(), operation.clone());
                }
            }
        }
        paths
    }

    /// What the client serves, each by its function's name.
    fn callbacks(&mut self, specs: &[OperationSpec]) -> Node {
        let mut callbacks = Node::object();
        for spec in specs {
            let paths = self.paths(std::slice::from_ref(spec));
            if !paths.is_empty() {
                callbacks.put(spec.function, paths);
            }
        }
        callbacks
    }

    fn operation(&mut self, spec: &OperationSpec) -> Node {
        let id = operation_id(spec);
        let mut node = Node::object();
        if !spec.tags.is_empty() {
            node.put("tags", spec.tags.iter().map(|tag| Node::from(tag.as_str())).collect::<Vec<_>>());
        }
        node.put("summary", spec.summary.as_str());
        if let Some(description) = &spec.description {
            node.put("description", description.as_str());
        }
        node.put("operationId", id.as_str());
        if spec.deprecated {
            node.put("deprecated", true);
        }
        let parameters = self.parameters(spec);
        if !parameters.is_empty() {
            node.put("parameters", parameters);
        }
        if let Some(body) = self.request_body(&spec.body, &id) {
            node.put("requestBody", body);
        }
        if !spec.security.is_empty() {
            let scheme =
                |(name, scopes): &(&'static str, Vec<&'static str>)| Node::raw(HashMap::from([(*name, scopes)]));
            node.put("security", spec.security.iter().map(scheme).collect::<Vec<_>>());
        }
        let callbacks = self.callbacks(&spec.callbacks);
        if !callbacks.is_empty() {
            node.put("callbacks", callbacks);
        }
        let responses = self.responses(spec, &id);
        node.put("responses", responses);
        if let Some(extra) = &spec.extra {
            node.merge(extra.clone());
        }
        node
    }

    fn parameters(&mut self, spec: &OperationSpec) -> Vec<Node> {
        let mut parameters = spec.shown_parameters();
        parameters.sort_by_key(|parameter| parameter.place);
        parameters
            .into_iter()
            .map(|parameter| {
                let mut node = Node::object()
                    .with("name", parameter.name.as_str())
                    .with("in", parameter.place.as_str())
                    .with("required", parameter.required || parameter.place == Place::Path)
                    .with("schema", self.resolve(parameter.schema.clone()));
                if let Some(description) = &parameter.description {
                    node.put("description", description.as_str());
                }
                if parameter.deprecated {
                    node.put("deprecated", true);
                }
                if !parameter.openapi_examples.is_empty() {
                    node.put("examples", examples(&parameter.openapi_examples));
                }
                node
            })
            .collect()
    }

    fn request_body(&mut self, body: &BodySpec, operation_id: &str) -> Option<Node> {
        let (media_type, schema, required) = match body {
            BodySpec::None => return None,
            BodySpec::Form(form) => {
                let name = format!("Body_{operation_id}");
                let schema = match form.schema(&name, self.components) {
                    FormSchema::Inline(schema) => schema,
                    FormSchema::Component(schema) => {
                        let schema = self.resolve(schema);
                        self.extra.push((name.clone(), schema));
                        pointer(&name)
                    }
                };
                (form.media_type().to_owned(), schema, form.required())
            }
            BodySpec::Raw { media_type, .. } => {
                let schema = Schema { content_media_type: Some("application/octet-stream"), ..Schema::string() };
                let schema = if media_type.starts_with("text/") { Schema::string() } else { schema };
                (media_type.clone(), schema, true)
            }
            BodySpec::Lines { item, media_type, description } => {
                let item = self.resolve(item.clone());
                let media = Node::object().with("itemSchema", item);
                let mut node = Node::object().with("content", Node::object().with(media_type.as_str(), media));
                node.put("required", true);
                if let Some(description) = description {
                    node.put("description", description.as_str());
                }
                return Some(node);
            }
            BodySpec::Whole(field) => (field.media_type.clone(), titled(field), field.required),
            BodySpec::Embedded(fields) => {
                let name = format!("Body_{operation_id}");
                let schema = Schema {
                    properties: fields.iter().map(|field| (field.name.clone(), titled_property(field))).collect(),
                    required: fields.iter().filter(|field| field.required).map(|field| field.name.clone()).collect(),
                    title: Some(name.clone()),
                    ..Schema::of(Kind::Object)
                };
                let schema = self.resolve(schema);
                self.extra.push((name.clone(), schema));
                let media_type = fields.first().map_or("application/json", |field| &field.media_type);
                (media_type.to_owned(), pointer(&name), fields.iter().any(|field| field.required))
            }
        };
        let mut media = Node::object().with("schema", self.resolve(schema));
        if let BodySpec::Whole(BodyField { openapi_examples, .. }) = body
            && !openapi_examples.is_empty()
        {
            media.put("examples", examples(openapi_examples));
        }
        let content = Node::object().with(media_type, media);
        let mut node = Node::object().with("content", content);
        if required {
            node.put("required", true);
        }
        if let BodySpec::Raw { description: Some(description), .. } = body {
            node.put("description", description.as_str());
        }
        Some(node)
    }

    fn responses(&mut self, spec: &OperationSpec, operation_id: &str) -> Node {
        let mut responses = Node::object();
        for response in &spec.responses {
            let node = self.response(response, operation_id);
            responses.put(response.status.to_string(), node);
        }
        let validates = !spec.parameters.is_empty() || !matches!(spec.body, BodySpec::None | BodySpec::Raw { .. });
        if validates && !spec.responses.iter().any(|response| response.status.covers_validation()) {
            self.validates = true;
            let content =
                Node::object().with("application/json", Node::object().with("schema", pointer(VALIDATION_ERROR)));
            responses.put("422", Node::object().with("description", "Validation Error").with("content", content));
        }
        responses
    }

    fn response(&mut self, response: &ResponseSpec, operation_id: &str) -> Node {
        let mut node = Node::object().with("description", response.description.as_str());
        if !response.headers.is_empty() {
            let headers = response.headers.iter().map(|(name, header)| (name.clone(), self.header(header)));
            node.put("headers", Node::Object(headers.collect()));
        }
        let mut content = Node::object();
        if let Some(stream) = &response.stream {
            let item = self.item_schema(stream, operation_id);
            content.put(stream.form.media_type(), Node::object().with("itemSchema", item));
        }
        if !response.content.is_empty() {
            let name = match response.additional {
                true => format!("Response_{}_{operation_id}", response.status),
                false => format!("Response_{operation_id}"),
            };
            for media in &response.content {
                content.put(media.media_type.as_str(), self.media(media, &name));
            }
        }
        if !content.is_empty() {
            node.put("content", content);
        }
        if !response.links.is_empty() {
            let links = response.links.iter().map(|(name, link)| (name.clone(), Node::raw(link)));
            node.put("links", Node::Object(links.collect()));
        }
        node
    }

    fn media(&mut self, media: &MediaSpec, name: &str) -> Node {
        let mut node = Node::object();
        if let Some(mut schema) = media.schema.clone() {
            let untyped = schema == Schema::any();
            // Of other forms than JSON FastAPI knows no model that would give a title.
            let is_json = media.media_type.ends_with("json");
            if schema.title.is_none() && schema.reference.is_none() && !untyped && is_json {
                schema.title = Some(title_of(name));
            }
            node.put("schema", self.resolve(schema));
        }
        if let Some(example) = &media.example {
            node.put("example", Node::raw(example));
        }
        if !media.examples.is_empty() {
            let examples = media.examples.iter().map(|(name, example)| (name.clone(), Node::raw(example)));
            node.put("examples", Node::Object(examples.collect()));
        }
        node
    }

    fn header(&mut self, header: &HeaderSpec) -> Node {
        let mut node = Node::object();
        if let Some(description) = &header.description {
            node.put("description", description.as_str());
        }
        node.with("schema", self.resolve(header.schema.clone()))
    }

    /// What one item of a stream is (a keyword of OpenAPI 3.2, which FastAPI writes into 3.1, too).
    fn item_schema(&mut self, stream: &StreamSpec, operation_id: &str) -> Schema {
        let item = stream.item.clone().map(|mut item| {
            if item.title.is_none() && item.reference.is_none() {
                item.title = Some(title_of(&format!("StreamItem_{operation_id}")));
            }
            self.resolve(item)
        });
        match stream.form {
            StreamForm::Lines => item.unwrap_or_default(),
            StreamForm::Events => event_schema(item),
        }
    }

    /// Gives components their names, and notes which ones are used.
    fn resolve(&mut self, mut schema: Schema) -> Schema {
        let mut found = Vec::new();
        let names = &self.names;
        schema.walk_references(&mut |reference| {
            if let Reference::Component(id) = *reference {
                found.push(id);
                let name = names.get(&id).map_or("", String::as_str);
                *reference = Reference::Pointer(format!("#/components/schemas/{name}"));
            }
        });
        for id in found {
            if !self.used.contains(&id) {
                self.used.push(id);
            }
        }
        schema
    }

    /// All components that are used, by name, and the names that stand for two things.
    fn schemas(mut self, foreign: &Foreign) -> (Node, Vec<(String, (&'static str, SourceLocation))>) {
        let mut all: Vec<(String, Node)> = Vec::new();
        let mut types: Vec<(String, &'static str)> = Vec::new();
        let mut done = 0;
        while let Some(id) = self.used.get(done).copied() {
            done += 1;
            if let (Some(component), Some(name)) = (self.components.get(id), self.names.get(&id).cloned()) {
                let schema = self.resolve(component.schema.clone());
                // One that looks alike in requests and answers has one name.
                if all.iter().all(|(known, _)| *known != name) {
                    types.push((name.clone(), component.id.type_name()));
                    all.push((name, schema.into()));
                }
            }
        }
        all.extend(self.extra.into_iter().map(|(name, schema)| (name, schema.into())));
        if self.validates {
            all.extend(super::validation_error::components());
        }
        let mut clashes = foreign.clashes.clone();
        for (name, schema) in &foreign.schemas {
            let Some((_, known)) = all.iter().find(|(known, _)| known == name) else {
                all.push((name.clone(), Node::of(&schema.node)));
                continue;
            };
            // One type in both worlds is described by ours.
            let is_same = types.iter().any(|(known, ty)| known == name && schema.type_name == Some(ty));
            if !is_same && serde_json::to_value(known).ok().as_ref() != Some(&schema.node) {
                clashes.push((name.clone(), schema.function));
            }
        }
        all.sort_by(|(a, _), (b, _)| a.cmp(b));
        (Node::Object(all), clashes)
    }
}

/// The schemes of the operations that are shown.
fn security_schemes<'o>(
    operations: impl Iterator<Item = &'o OperationSpec>,
    foreign: &Foreign,
    components: &Components,
) -> Node {
    let shown = operations.filter(|spec| spec.include_in_schema).flat_map(OperationSpec::with_callbacks);
    let shown = shown.flat_map(|spec| &spec.security);
    let shown = shown.map(|(name, _)| *name).chain(foreign.security_schemes.iter().map(|scheme| scheme.name));
    let shown: Vec<&'static str> = shown.collect();
    let mut schemes = Node::object();
    for (name, scheme) in components.security_schemes.iter().filter(|(name, _)| shown.contains(name)) {
        schemes.put(*name, Node::of(scheme));
    }
    schemes
}

/// A server-sent event, by section 4.14.4 of OpenAPI 3.2.
fn event_schema(data: Option<Schema>) -> Schema {
    let required = data.iter().map(|_| "data".to_owned()).collect();
    let data = match data {
        Some(data) => Schema {
            content_media_type: Some("application/json"),
            content_schema: Some(Box::new(data)),
            ..Schema::string()
        },
        None => Schema::string(),
    };
    let retry = Schema { minimum: Some(0.into()), ..Schema::integer() };
    let fields = [("data", data), ("event", Schema::string()), ("id", Schema::string()), ("retry", retry)];
    let properties = fields.map(|(name, schema)| (name.to_owned(), schema)).into();
    Schema { properties, required, ..Schema::of(Kind::Object) }
}

fn examples(named: &[(&'static str, Example)]) -> Node {
    Node::Object(named.iter().map(|(name, example)| ((*name).to_owned(), Node::raw(example))).collect())
}

fn pointer(name: &str) -> Schema {
    Schema { reference: Some(Reference::Pointer(format!("#/components/schemas/{name}"))), ..Schema::any() }
}
