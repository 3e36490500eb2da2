//! Requests that the app sends: callbacks of operations, and webhooks.

use serde_json::{Value, json};
use versify::{
    prelude::*,
    security::{Auth, HttpBearer},
};

#[model]
struct Invoice {
    id: String,
}

#[model]
struct InvoiceEvent {
    paid: bool,
}

#[model]
struct EventReceived {
    ok: bool,
}

/// The invoice was paid.
#[post("{$callback_url}/invoices/{$request.body.id}")]
async fn invoice_notification(body: InvoiceEvent) -> EventReceived;

#[get("{$callback_url}/events/{$request.body.title}")]
async fn event_callback(#[query(max_length = 3)] name: String) -> Value;

#[post("/invoices/", callbacks = [invoice_notification])]
async fn create_invoice(invoice: Invoice, _callback_url: Option<String>) -> String {
    invoice.id
}

/// Sent when somebody subscribes.
#[post("new-subscription")]
async fn new_subscription(body: InvoiceEvent, token: Auth<HttpBearer>) -> Value;

fn document(app: App) -> Value {
    serde_json::from_str(&app.openapi().unwrap()).unwrap()
}

#[test]
fn callbacks_of_operations_and_routers() {
    let router = Router::new().callbacks(routes![event_callback]).routes(routes![create_invoice]);
    let document = document(App::new("Shop", "1").include(router));
    let callbacks = &document["paths"]["/invoices/"]["post"]["callbacks"];
    assert_eq!(callbacks.as_object().unwrap().len(), 2);
    assert_eq!(
        callbacks["invoice_notification"]["{$callback_url}/invoices/{$request.body.id}"]["post"],
        json!({
            "summary": "Invoice Notification",
            "description": "The invoice was paid.",
            "operationId": "invoice_notification__callback_url__invoices___request_body_id__post",
            "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/InvoiceEvent"}}}},
            "responses": {
                "200": {
                    "description": "Successful Response",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/EventReceived"}}},
                },
                "422": {
                    "description": "Validation Error",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/HTTPValidationError"}}},
                },
            },
        })
    );
    let event = &callbacks["event_callback"]["{$callback_url}/events/{$request.body.title}"]["get"];
    assert_eq!(event["operationId"], "event_callback__callback_url__events___request_body_title__get");
    assert_eq!(event["parameters"][0]["schema"]["maxLength"], 3);
    assert!(document["components"]["schemas"]["EventReceived"].is_object());
}

#[test]
fn webhooks_and_their_security() {
    let document = document(App::new("Shop", "1").webhooks(routes![new_subscription]));
    assert_eq!(document["paths"], json!({}));
    let operation = &document["webhooks"]["new-subscription"]["post"];
    assert_eq!(operation["summary"], "New Subscription");
    assert_eq!(operation["operationId"], "new_subscriptionnew_subscription_post");
    assert_eq!(operation["security"], json!([{"HTTPBearer": []}]));
    assert_eq!(document["components"]["securitySchemes"], json!({"HTTPBearer": {"type": "http", "scheme": "bearer"}}));
}

#[test]
fn what_others_serve_is_not_served() {
    let error = App::new("Shop", "1").routes(routes![new_subscription]).build().unwrap_err().to_string();
    assert!(error.contains("new_subscription") && error.contains("it can be a callback or a webhook"), "{error}");
}
