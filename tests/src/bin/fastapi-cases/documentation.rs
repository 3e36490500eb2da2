//! What an app says of itself, and how its pages look.

use super::Case;

pub const CASES: &[Case] = &[
    ("conditional_openapi.tutorial001", conditional_openapi::tutorial001),
    ("configure_swagger_ui.tutorial001", configure_swagger_ui::tutorial001),
    ("configure_swagger_ui.tutorial002", configure_swagger_ui::tutorial002),
    ("configure_swagger_ui.tutorial003", configure_swagger_ui::tutorial003),
    ("custom_docs_ui.tutorial002", custom_docs_ui::tutorial002),
    ("extending_openapi.tutorial001", extending_openapi::tutorial001),
    ("generate_clients.tutorial002", generate_clients::tutorial002),
    ("generate_clients.tutorial003", generate_clients::tutorial003),
    ("metadata.tutorial001", metadata::tutorial001),
    ("metadata.tutorial001_1", metadata::tutorial001_1),
    ("metadata.tutorial002", metadata::tutorial002),
    ("metadata.tutorial003", metadata::tutorial003),
    ("metadata.tutorial004", metadata::tutorial004),
    ("openapi_callbacks.tutorial001", openapi_callbacks::tutorial001),
    ("openapi_webhooks.tutorial001", openapi_webhooks::tutorial001),
];

mod conditional_openapi {
    use versify::prelude::*;

    use crate::dispatcher::environment;

    #[get("/")]
    fn root() -> Value {
        json!({"message": "Hello World"})
    }

    pub fn tutorial001() -> App {
        let environment = environment();
        let openapi_url = environment.get("OPENAPI_URL").map_or("/openapi.json", String::as_str);
        App::new("FastAPI", "0.1.0").openapi_url(Some(openapi_url).filter(|url| !url.is_empty())).routes(routes![root])
    }
}

mod configure_swagger_ui {
    use versify::{SwaggerUi, prelude::*};

    #[get("/users/{username}")]
    async fn read_user(username: String) -> Value {
        json!({"message": format!("Hello {username}")})
    }

    fn with(name: &str, value: Value) -> App {
        App::new("FastAPI", "0.1.0").swagger_ui(SwaggerUi::new().parameter(name, value)).routes(routes![read_user])
    }

    pub fn tutorial001() -> App {
        with("syntaxHighlight", json!(false))
    }

    pub fn tutorial002() -> App {
        with("syntaxHighlight", json!({"theme": "obsidian"}))
    }

    pub fn tutorial003() -> App {
        with("deepLinking", json!(false))
    }
}

mod custom_docs_ui {
    use versify::{ReDoc, SwaggerUi, prelude::*};

    #[get("/users/{username}")]
    async fn read_user(username: String) -> Value {
        json!({"message": format!("Hello {username}")})
    }

    pub fn tutorial002() -> App {
        let swagger_ui = SwaggerUi::new().assets("/static/swagger-ui-bundle.js", "/static/swagger-ui.css");
        App::new("FastAPI", "0.1.0")
            .swagger_ui(swagger_ui)
            .redoc(ReDoc::new().asset("/static/redoc.standalone.js"))
            .routes(routes![read_user])
    }
}

mod extending_openapi {
    use versify::prelude::*;

    #[get("/items/")]
    async fn read_items() -> Value {
        json!([{"name": "Foo"}])
    }

    pub fn tutorial001() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items]).rewrite_openapi(|document| {
            document["info"] = json!({
                "title": "Custom title",
                "summary": "This is a very custom OpenAPI schema",
                "description": "Here's a longer description of the custom **OpenAPI** schema",
                "version": "2.5.0",
                "x-logo": {"url": "https://fastapi.tiangolo.com/img/logo-margin/logo-teal.png"},
            });
        })
    }
}

mod generate_clients {
    use versify::{openapi::OperationSpec, prelude::*};

    #[model]
    struct Item {
        name: String,
        price: f64,
    }

    #[model]
    struct ResponseMessage {
        message: String,
    }

    #[model]
    struct User {
        username: String,
        email: String,
    }

    #[post("/items/", tags = ["items"])]
    async fn create_item(_item: Item) -> ResponseMessage {
        ResponseMessage { message: "Item received".to_owned() }
    }

    #[get("/items/", tags = ["items"])]
    async fn get_items() -> Vec<Item> {
        vec![Item { name: "Plumbus".to_owned(), price: 3.0 }, Item { name: "Portal Gun".to_owned(), price: 9001.0 }]
    }

    #[post("/users/", tags = ["users"])]
    async fn create_user(_user: User) -> ResponseMessage {
        ResponseMessage { message: "User received".to_owned() }
    }

    pub fn tutorial002() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_item, get_items, create_user])
    }

    fn custom_generate_unique_id(operation: &OperationSpec) -> String {
        format!("{}-{}", operation.tags[0], operation.function)
    }

    pub fn tutorial003() -> App {
        tutorial002().operation_ids(custom_generate_unique_id)
    }
}

mod metadata {
    use versify::{
        openapi::{Contact, ExternalDocs, Info, License, Tag},
        prelude::*,
    };

    const DESCRIPTION: &str = "
ChimichangApp API helps you do awesome stuff. 🚀

## Items

You can **read items**.

## Users

You will be able to:

* **Create users** (_not implemented_).
* **Read users** (_not implemented_).
";

    #[get("/items/", operation_id = "read_items_items__get", summary = "Read Items")]
    async fn read_katanas() -> Value {
        json!([{"name": "Katana"}])
    }

    fn chimichang_app(license: License) -> App {
        let info = Info {
            description: Some(DESCRIPTION.to_owned()),
            summary: Some("Deadpool's favorite app. Nuff said.".to_owned()),
            terms_of_service: Some("http://example.com/terms/".to_owned()),
            contact: Some(Contact {
                name: Some("Deadpoolio the Amazing".to_owned()),
                url: Some("http://x-force.example.com/contact/".to_owned()),
                email: Some("dp@x-force.example.com".to_owned()),
            }),
            license: Some(license),
            ..Info::new("ChimichangApp", "0.0.1")
        };
        App::new("ChimichangApp", "0.0.1").info(info).routes(routes![read_katanas])
    }

    pub fn tutorial001() -> App {
        chimichang_app(License {
            name: "Apache 2.0".to_owned(),
            url: Some("https://www.apache.org/licenses/LICENSE-2.0.html".to_owned()),
            identifier: None,
        })
    }

    pub fn tutorial001_1() -> App {
        chimichang_app(License { name: "Apache 2.0".to_owned(), identifier: Some("Apache-2.0".to_owned()), url: None })
    }

    #[get("/items/")]
    async fn read_items() -> Value {
        json!([{"name": "Foo"}])
    }

    pub fn tutorial002() -> App {
        App::new("FastAPI", "0.1.0").openapi_url("/api/v1/openapi.json").routes(routes![read_items])
    }

    pub fn tutorial003() -> App {
        App::new("FastAPI", "0.1.0").docs_url("/documentation").redoc_url(None).routes(routes![read_items])
    }

    #[get("/users/", tags = ["users"])]
    async fn get_users() -> Value {
        json!([{"name": "Harry"}, {"name": "Ron"}])
    }

    #[get("/items/", tags = ["items"])]
    async fn get_items() -> Value {
        json!([{"name": "wand"}, {"name": "flying broom"}])
    }

    pub fn tutorial004() -> App {
        let tags = vec![
            Tag {
                name: "users".to_owned(),
                description: Some("Operations with users. The **login** logic is also here.".to_owned()),
                external_docs: None,
            },
            Tag {
                name: "items".to_owned(),
                description: Some("Manage items. So _fancy_ they have their own docs.".to_owned()),
                external_docs: Some(ExternalDocs {
                    description: Some("Items external docs".to_owned()),
                    url: "https://fastapi.tiangolo.com/".to_owned(),
                }),
            },
        ];
        App::new("FastAPI", "0.1.0")
            .info(Info { tags, ..Info::new("FastAPI", "0.1.0") })
            .routes(routes![get_users, get_items])
    }
}

mod openapi_callbacks {
    use versify::{prelude::*, types::HttpUrl};

    #[model]
    struct Invoice {
        id: String,
        title: Option<String>,
        customer: String,
        total: f64,
    }

    #[model]
    struct InvoiceEvent {
        description: String,
        paid: bool,
    }

    #[model]
    struct InvoiceEventReceived {
        ok: bool,
    }

    #[post("{$callback_url}/invoices/{$request.body.id}")]
    async fn invoice_notification(body: InvoiceEvent) -> InvoiceEventReceived;

    /// Create an invoice.
    ///
    /// This will (let's imagine) let the API user (some external developer) create an
    /// invoice.
    ///
    /// And this path operation will:
    ///
    /// * Send the invoice to the client.
    /// * Collect the money from the client.
    /// * Send a notification back to the API user (the external developer), as a callback.
    ///     * At this point is that the API will somehow send a POST request to the
    ///         external API with the notification of the invoice event
    ///         (e.g. "payment successful").
    #[post("/invoices/", callbacks = [invoice_notification])]
    async fn create_invoice(invoice: Invoice, callback_url: Option<HttpUrl>) -> Value {
        let _ = (invoice, callback_url);
        json!({"msg": "Invoice received"})
    }

    pub fn tutorial001() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_invoice])
    }
}

mod openapi_webhooks {
    use chrono::NaiveDateTime;
    use versify::prelude::*;

    #[model]
    struct Subscription {
        username: String,
        monthly_fee: f64,
        start_date: NaiveDateTime,
    }

    /// When a new user subscribes to your service we'll send you a POST request with this
    /// data to the URL that you register for the event `new-subscription` in the dashboard.
    #[post("new-subscription")]
    async fn new_subscription(body: Subscription) -> Value;

    #[get("/users/")]
    async fn read_users() -> Value {
        json!(["Rick", "Morty"])
    }

    pub fn tutorial001() -> App {
        App::new("FastAPI", "0.1.0").webhooks(routes![new_subscription]).routes(routes![read_users])
    }
}
