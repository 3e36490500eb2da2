use super::Case;

pub const CASES: &[Case] = &[("graphql_.tutorial001", tutorial001::app)];

mod tutorial001 {
    use async_graphql::{
        EmptyMutation, EmptySubscription, Object, Request, Schema, SimpleObject, http::GraphiQLSource,
    };
    use versify::{poem::web, prelude::*};

    #[derive(SimpleObject)]
    struct User {
        name: String,
        age: i32,
    }

    struct Query;

    #[Object]
    impl Query {
        async fn user(&self) -> User {
            User { name: "Patrick".to_owned(), age: 100 }
        }
    }

    type Graph = Schema<Query, EmptyMutation, EmptySubscription>;

    #[get(
        "/graphql",
        response_description = "The GraphiQL integrated development environment.",
        responses(404 = "Not found if GraphiQL or query via GET are not enabled."),
    )]
    async fn handle_http_get() -> poem::Response {
        let page = GraphiQLSource::build().endpoint("/graphql").finish();
        poem::Response::builder().content_type("text/html; charset=utf-8").body(page)
    }

    #[post("/graphql")]
    async fn handle_http_post(#[extract] request: web::Json<Request>, schema: State<Graph>) -> Value {
        json!(schema.execute(request.0).await)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![handle_http_get, handle_http_post]).state(Graph::new(
            Query,
            EmptyMutation,
            EmptySubscription,
        ))
    }
}
