//! The same description in poem-openapi's terms, for operations that run in its `OpenApiService`.
//!
//! Its model says less than ours (it is OpenAPI 3.0): what it cannot say is left out here.

mod foreign;
mod intern;
mod merged;
mod model;
mod schema;
mod upgrade;

pub(crate) use foreign::Foreign;
pub use merged::Merged;
pub use model::{parse_from_json, register_type, schema_ref};

use poem_openapi::registry::{
    MetaApi, MetaMediaType, MetaOperation, MetaOperationParam, MetaParamIn, MetaPath, MetaRequest, MetaResponse,
    MetaResponses, Registry,
};

use self::{intern::intern, schema::meta_schema};
use super::{BodySpec, Components, Kind, OperationSpec, Place, ResponseStatus, Schema, operation_id};

/// What an operation is, as poem-openapi's `OpenApi::meta` gives it.
pub(crate) fn meta_operation(spec: &OperationSpec) -> MetaApi {
    let operations = spec.methods.iter().enumerate().map(|(index, method)| MetaOperation {
        method: method.clone(),
        tags: spec.tags.iter().map(|tag| intern(tag)).collect(),
        summary: Some(intern(&spec.summary)),
        description: spec.description.as_deref().map(intern),
        external_docs: None,
        params: parameters(spec),
        request: request(&spec.body),
        responses: responses(spec),
        deprecated: spec.deprecated,
        security: Vec::new(),
        // poem-openapi panics where two operations have one id: of several methods the first has it.
        operation_id: (index == 0).then(|| intern(&operation_id(spec))),
        code_samples: Vec::new(),
    });
    MetaApi { paths: vec![MetaPath { path: spec.path.clone(), operations: operations.collect() }] }
}

/// Adds the components that an operation refers to.
///
/// Of two types with one name the first one counts: poem-openapi knows a component by its name alone.
pub(crate) fn register(components: &Components, registry: &mut Registry) {
    for component in components.iter() {
        let mut schema = meta_schema(&component.schema);
        schema.rust_typename = Some(component.id.type_name());
        registry.schemas.entry(schema::name_of(component.id)).or_insert(schema);
    }
}

fn parameters(spec: &OperationSpec) -> Vec<MetaOperationParam> {
    let shown = spec.shown_parameters().into_iter();
    shown
        .map(|parameter| MetaOperationParam {
            name: parameter.name.clone(),
            schema: schema::meta_schema_ref(&parameter.schema),
            in_type: match parameter.place {
                Place::Path => MetaParamIn::Path,
                Place::Header => MetaParamIn::Header,
                Place::Cookie => MetaParamIn::Cookie,
                Place::Query | Place::Body => MetaParamIn::Query,
            },
            description: parameter.description.clone(),
            required: parameter.required,
            deprecated: parameter.deprecated,
            explode: true,
            style: None,
        })
        .collect()
}

fn request(body: &BodySpec) -> Option<MetaRequest> {
    let (media_type, schema, required) = match body {
        BodySpec::None => return None,
        BodySpec::Raw { media_type, .. } => {
            (media_type.clone(), Schema { format: Some("binary"), ..Schema::string() }, true)
        }
        BodySpec::Lines { item, media_type, .. } => (media_type.clone(), Schema::array(item.clone()), true),
        BodySpec::Whole(field) => (field.media_type.clone(), field.schema.clone(), field.required),
        BodySpec::Form(form) => (form.media_type().to_owned(), form.flat_schema(), form.required()),
        BodySpec::Embedded(fields) => {
            let schema = Schema {
                properties: fields.iter().map(|field| (field.name.clone(), field.schema.clone())).collect(),
                required: fields.iter().filter(|field| field.required).map(|field| field.name.clone()).collect(),
                ..Schema::of(Kind::Object)
            };
            let media_type = fields.first().map_or("application/json", |field| &field.media_type);
            (media_type.to_owned(), schema, fields.iter().any(|field| field.required))
        }
    };
    let schema = schema::meta_schema_ref(&schema);
    Some(MetaRequest {
        description: None,
        content: vec![MetaMediaType { content_type: intern(&media_type), schema }],
        required,
    })
}

fn responses(spec: &OperationSpec) -> MetaResponses {
    let response = |status, description: &str, content: Vec<MetaMediaType>| MetaResponse {
        description: intern(description),
        status,
        status_range: None,
        content,
        headers: Vec::new(),
    };
    let mut responses: Vec<MetaResponse> = spec
        .responses
        .iter()
        .map(|declared| {
            let content = declared.content.iter().map(|media| MetaMediaType {
                content_type: intern(&media.media_type),
                schema: schema::meta_schema_ref(media.schema.as_ref().unwrap_or(&Schema::any())),
            });
            // 3.0 knows no items of streams: a list is the nearest.
            let stream = declared.stream.iter().map(|stream| MetaMediaType {
                content_type: stream.form.media_type(),
                schema: schema::meta_schema_ref(&Schema::array(stream.item.clone().unwrap_or_default())),
            });
            let status = match declared.status {
                ResponseStatus::One(status) => Some(status.as_u16()),
                // No status is `default` there, and of `4XX` it has the text.
                ResponseStatus::Range(_) | ResponseStatus::Default => None,
            };
            let range = matches!(declared.status, ResponseStatus::Range(_)).then(|| declared.status.to_string());
            MetaResponse {
                status_range: range,
                ..response(status, &declared.description, content.chain(stream).collect())
            }
        })
        .collect();
    let validates = !spec.parameters.is_empty() || !matches!(spec.body, BodySpec::None | BodySpec::Raw { .. });
    if validates && !responses.iter().any(|response| response.status == Some(422)) {
        responses.push(response(Some(422), "Validation Error", Vec::new()));
    }
    MetaResponses { responses }
}
