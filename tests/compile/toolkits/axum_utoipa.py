from . import garde
from .models import created, endpoints, models, names, read

DEPENDENCIES = f"""
axum = "0.8"
{garde.DEPENDENCY}
serde = {{ version = "1", features = ["derive"] }}
tokio = {{ version = "1", features = ["macros", "net", "rt-multi-thread"] }}
utoipa = {{ version = "6", features = ["axum_extras"] }}
utoipa-axum = "0.3"
utoipa-swagger-ui = {{ version = "10", features = ["axum", "vendored"] }}
"""

SHARED = """use axum::{Json, extract::{FromRequest, Path, Query, Request}, http::StatusCode, response::{IntoResponse, Response}};
use garde::Validate;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::{IntoParams, OpenApi, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use utoipa_swagger_ui::SwaggerUi;

#[derive(OpenApi)]
struct Document;

struct ApiError(StatusCode, String);

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        (self.0, self.1).into_response()
    }
}

impl From<garde::Report> for ApiError {
    fn from(report: garde::Report) -> Self {
        Self(StatusCode::UNPROCESSABLE_ENTITY, report.to_string())
    }
}

struct Valid<T>(T);

impl<S: Send + Sync, T: DeserializeOwned + Validate<Context = ()>> FromRequest<S> for Valid<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let body = Json::<T>::from_request(request, state).await;
        let Json(value) = body.map_err(|fault| ApiError(fault.status(), fault.body_text()))?;
        value.validate()?;
        Ok(Self(value))
    }
}

fn default_limit() -> u32 {
    10
}

#[derive(Deserialize, IntoParams, Validate)]
struct ListQuery {
    #[garde(skip)]
    q: Option<String>,
    #[serde(default = "default_limit")]
    #[garde(range(min = 1, max = 100))]
    #[param(minimum = 1, maximum = 100)]
    limit: u32,
}
"""


def get(pair):
    return f"""
#[utoipa::path(get, path = "/r{pair}/{{id}}", params(("id" = i64, Path, minimum = 1), ListQuery), responses((status = 200, body = Out{pair})))]
async fn get{pair}(Path(id): Path<i64>, Query(query): Query<ListQuery>) -> Result<Json<Out{pair}>, ApiError> {{
    query.validate()?;
    let ListQuery {{ q, limit }} = query;
    Ok(Json({read(pair)}))
}}
"""


def post(pair):
    return f"""
#[utoipa::path(post, path = "/r{pair}", request_body = In{pair}, responses((status = 200, body = Out{pair})))]
async fn post{pair}(Valid(new): Valid<In{pair}>) -> Json<Out{pair}> {{
    Json({created(pair)})
}}
"""


def source(count):
    fields = garde.fields(
        name="#[schema(min_length = 1, max_length = 50)]",
        price="#[schema(exclusive_minimum = 0.0)]",
        quantity="#[schema(minimum = 0)]",
    )
    routes = "".join(f"\n        .routes(routes!({name}))" for name in names(count))
    return f"""{SHARED}
{models(count, "#[derive(Serialize, ToSchema)]", "#[derive(Deserialize, ToSchema, Validate)]", **fields)}
{endpoints(count, get, post)}
#[tokio::main]
async fn main() {{
    let (router, document) = OpenApiRouter::with_openapi(Document::openapi()){routes}
        .split_for_parts();
    let app = router.merge(SwaggerUi::new("/docs").url("/openapi.json", document));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8000").await.unwrap();
    axum::serve(listener, app).await.unwrap();
}}
"""
