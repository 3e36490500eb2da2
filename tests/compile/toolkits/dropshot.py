from . import garde
from .models import created, endpoints, models, names, read

DEPENDENCIES = f"""
dropshot = "0.18"
{garde.DEPENDENCY}
schemars = "0.8"
serde = {{ version = "1", features = ["derive"] }}
slog = "2"
tokio = {{ version = "1", features = ["macros", "rt-multi-thread"] }}
"""

SHARED = """use dropshot::{
    ApiDescription, ConfigDropshot, HttpError, HttpResponseOk, Path, Query, RequestContext, ServerBuilder, TypedBody, endpoint,
};
use garde::Validate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

fn default_limit() -> u32 {
    10
}

fn check<T: Validate<Context = ()>>(value: &T) -> Result<(), HttpError> {
    value.validate().map_err(|report| HttpError::for_bad_request(None, report.to_string()))
}

#[derive(Deserialize, JsonSchema)]
struct IdPath {
    id: i64,
}

#[derive(Deserialize, JsonSchema, Validate)]
struct ListQuery {
    #[garde(skip)]
    q: Option<String>,
    #[serde(default = "default_limit")]
    #[garde(range(min = 1, max = 100))]
    #[schemars(range(min = 1, max = 100))]
    limit: u32,
}
"""


def get(pair):
    return f"""
#[endpoint {{ method = GET, path = "/r{pair}/{{id}}" }}]
async fn get{pair}(
    _context: RequestContext<()>,
    path: Path<IdPath>,
    query: Query<ListQuery>,
) -> Result<HttpResponseOk<Out{pair}>, HttpError> {{
    let (id, query) = (path.into_inner().id, query.into_inner());
    check(&query)?;
    let ListQuery {{ q, limit }} = query;
    Ok(HttpResponseOk({read(pair)}))
}}
"""


def post(pair):
    return f"""
#[endpoint {{ method = POST, path = "/r{pair}" }}]
async fn post{pair}(
    _context: RequestContext<()>,
    body: TypedBody<In{pair}>,
) -> Result<HttpResponseOk<Out{pair}>, HttpError> {{
    let new = body.into_inner();
    check(&new)?;
    Ok(HttpResponseOk({created(pair)}))
}}
"""


def source(count):
    fields = garde.fields(
        name="#[schemars(length(min = 1, max = 50))]",
        price="#[schemars(range(min = 0))]",
        quantity="#[schemars(range(min = 0))]",
    )
    registered = "".join(f"\n    api.register({name}).unwrap();" for name in names(count))
    return f"""{SHARED}
{models(count, "#[derive(Serialize, JsonSchema)]", "#[derive(Deserialize, JsonSchema, Validate)]", **fields)}
{endpoints(count, get, post)}
#[tokio::main]
async fn main() {{
    let mut api = ApiDescription::new();{registered}
    let log = slog::Logger::root(slog::Discard, slog::o!());
    ServerBuilder::new(api, (), log).config(ConfigDropshot::default()).start().unwrap().await.unwrap();
}}
"""
