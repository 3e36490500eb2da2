//! Problem details in the document: what an app says with [`App::problem_details`](crate::App::problem_details).

use poem::http::StatusCode;

use super::{
    BodySpec, ComponentId, Components, Describe, HttpErrorBody, Kind, MediaSpec, OperationSpec, ResponseSpec, Schema,
};

const MEDIA_TYPE: &str = "application/problem+json";

/// Writes all answers to faults as problems.
pub(crate) fn adapt(specs: &mut [OperationSpec], components: &mut Components) {
    let problem = components.describe_output::<Problem>();
    let invalid = components.describe_output::<ValidationProblem>();
    let fault = components.describe_output::<HttpErrorBody>();
    for spec in specs {
        for response in &mut spec.responses {
            for media in response.content.iter_mut().filter(|media| media.media_type == "application/json") {
                adapt_media(media, &fault, &problem);
            }
        }
        let validates = !spec.parameters.is_empty() || !matches!(spec.body, BodySpec::None | BodySpec::Raw { .. });
        if validates && !spec.responses.iter().any(|response| response.status.covers_validation()) {
            let content = vec![MediaSpec::new(MEDIA_TYPE, invalid.clone())];
            let response = ResponseSpec::new(StatusCode::UNPROCESSABLE_ENTITY, "Validation Error").content(content);
            spec.responses.push(ResponseSpec { additional: true, ..response });
        }
    }
}

fn adapt_media(media: &mut MediaSpec, fault: &Schema, problem: &Schema) {
    let Some(schema) = &mut media.schema else { return };
    if schema == fault {
        *schema = problem.clone();
    } else if let Some(own) = only_detail(schema) {
        *schema = Schema { all_of: vec![problem.clone(), own], ..Schema::any() };
    } else if schema.any_of.iter().any(|member| member == fault || only_detail(member).is_some()) {
        for member in &mut schema.any_of {
            if member == fault {
                *member = problem.clone();
            } else if let Some(own) = only_detail(member) {
                *member = Schema { all_of: vec![problem.clone(), own], ..Schema::any() };
            }
        }
    } else {
        return;
    }
    MEDIA_TYPE.clone_into(&mut media.media_type);
}

/// Of `{"detail": a value}`, what the value is: its members are the problem's.
fn only_detail(schema: &Schema) -> Option<Schema> {
    match (schema.kind, schema.title.as_ref(), &*schema.properties) {
        (Some(Kind::Object), None, [(name, detail)]) if name == "detail" => Some(detail.clone()),
        _ => None,
    }
}

struct Problem;

impl Describe for Problem {
    fn describe(components: &mut Components) -> Schema {
        components.add(ComponentId::of::<Self>(), "ProblemDetails", |_| members("ProblemDetails"))
    }
}

/// What is in the list of a [`ValidationProblem`].
struct ValidationIssue;

impl Describe for ValidationIssue {
    fn describe(components: &mut Components) -> Schema {
        let step = Schema { any_of: vec![Schema::string(), Schema::integer()], ..Schema::any() };
        let named = |title: &str, schema: Schema| Schema { title: titled(title), ..schema };
        components.add(ComponentId::of::<Self>(), "ValidationIssue", |_| Schema {
            properties: [
                ("loc", named("Location", Schema::array(step))),
                ("msg", named("Message", Schema::string())),
                ("type", named("Error Type", Schema::string())),
                ("input", named("Input", Schema::any())),
                ("ctx", named("Context", Schema::of(Kind::Object))),
            ]
            .map(|(name, schema)| (name.to_owned(), schema))
            .into(),
            required: ["loc", "msg", "type"].map(str::to_owned).into(),
            title: titled("ValidationIssue"),
            ..Schema::of(Kind::Object)
        })
    }
}

struct ValidationProblem;

impl Describe for ValidationProblem {
    fn describe(components: &mut Components) -> Schema {
        components.add(ComponentId::of::<Self>(), "ValidationProblem", |components| {
            let mut schema = members("ValidationProblem");
            let error = ValidationIssue::describe(components);
            schema.properties.push(("errors".to_owned(), Schema { title: titled("Errors"), ..Schema::array(error) }));
            schema.required.push("errors".to_owned());
            schema
        })
    }
}

fn titled(title: &str) -> Option<String> {
    Some(title.to_owned())
}

/// RFC 9457, 3.1.
fn members(title: &str) -> Schema {
    let text = |title: &str| Schema { title: titled(title), ..Schema::string() };
    let properties = [
        ("type", text("Type")),
        ("title", text("Title")),
        ("status", Schema { title: titled("Status"), ..Schema::integer() }),
        ("detail", text("Detail")),
    ];
    Schema {
        properties: properties.map(|(name, schema)| (name.to_owned(), schema)).into(),
        required: ["type", "title", "status"].map(str::to_owned).into(),
        title: titled(title),
        ..Schema::of(Kind::Object)
    }
}
