from .models import created, endpoints, models, names, read

DEPENDENCIES = """
tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
versify = { path = "{root}/runtime" }
"""


def get(pair):
    return f"""
#[get("/r{pair}/{{id}}")]
async fn get{pair}(#[path(ge = 1)] id: i64, q: Option<String>, #[query(default = 10, ge = 1, le = 100)] limit: u32) -> Out{pair} {{
    {read(pair)}
}}
"""


def post(pair):
    return f"""
#[post("/r{pair}")]
async fn post{pair}(new: In{pair}) -> Out{pair} {{
    {created(pair)}
}}
"""


def source(count):
    fields = dict(name="#[field(min_length = 1, max_length = 50)]", price="#[field(gt = 0)]", quantity="#[field(ge = 0)]")
    return f"""use versify::prelude::*;
{models(count, "#[model]", "#[model]", **fields)}
{endpoints(count, get, post)}
#[tokio::main]
async fn main() -> Result<(), versify::StartError> {{
    App::new("t", "1").routes(routes![{", ".join(names(count))}]).serve().await
}}
"""
