from .models import created, endpoints, models, read

DEPENDENCIES = """
poem = "3.1"
poem-openapi = { version = "5.1", features = ["swagger-ui"] }
tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
"""

# In one `impl` the cost grows with the square: this is what one is told to do.
PER_IMPL = 20


def get(pair):
    return f"""
    #[oai(path = "/r{pair}/:id", method = "get")]
    async fn get{pair}(
        &self,
        #[oai(validator(minimum(value = "1")))] id: Path<i64>,
        q: Query<Option<String>>,
        #[oai(default = "default_limit", validator(minimum(value = "1"), maximum(value = "100")))] limit: Query<u32>,
    ) -> Json<Out{pair}> {{
        let (id, q, limit) = (id.0, q.0, limit.0);
        Json({read(pair)})
    }}
"""


def post(pair):
    return f"""
    #[oai(path = "/r{pair}", method = "post")]
    async fn post{pair}(&self, Json(new): Json<In{pair}>) -> Json<Out{pair}> {{
        Json({created(pair)})
    }}
"""


def source(count):
    fields = dict(
        name="#[oai(validator(min_length = 1, max_length = 50))]",
        price='#[oai(validator(minimum(value = "0", exclusive)))]',
        quantity='#[oai(validator(minimum(value = "0")))]',
    )
    impls, apis = "", []
    for start in range(0, count, PER_IMPL):
        api = f"Api{len(apis)}"
        apis.append(api)
        pairs = (start // 2, start % 2)
        assert pairs[1] == 0
        own = endpoints(min(PER_IMPL, count - start), lambda pair: get(pair + pairs[0]), lambda pair: post(pair + pairs[0]))
        impls += f"struct {api};\n#[OpenApi]\nimpl {api} {{{own}}}\n"
    api = apis[0] if len(apis) == 1 else f"({', '.join(apis)})"
    return f"""use poem::{{Route, Server, listener::TcpListener}};
use poem_openapi::{{Object, OpenApi, OpenApiService, param::{{Path, Query}}, payload::Json}};

fn default_limit() -> u32 {{
    10
}}
{models(count, "#[derive(Object)]", "#[derive(Object)]", **fields)}
{impls}
#[tokio::main]
async fn main() {{
    let service = OpenApiService::new({api}, "t", "1");
    let (ui, document) = (service.swagger_ui(), service.spec_endpoint());
    let app = Route::new().nest("/", service).nest("/docs", ui).at("/openapi.json", document);
    Server::new(TcpListener::bind("127.0.0.1:8000")).run(app).await.unwrap();
}}
"""
