//! Requests without a network: straight into the service.

use serde_json::Value;
use versify::{
    Service,
    poem::{Body, Request, Response, http::Method},
};

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: versify::poem::http::HeaderMap,
    pub body: String,
}

impl Answer {
    pub async fn of(mut response: Response) -> Self {
        let body = response.take_body().into_string().await.unwrap();
        Self { status: response.status().as_u16(), headers: response.headers().clone(), body }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// `type@loc`, one for each fault.
    pub fn faults(&self) -> Vec<String> {
        let json = self.json();
        let faults = json["detail"].as_array().unwrap_or_else(|| panic!("no list of faults: {json}"));
        let step = |step: &Value| step.as_str().map_or_else(|| step.to_string(), str::to_owned);
        let place = |fault: &Value| fault["loc"].as_array().unwrap().iter().map(step).collect::<Vec<_>>().join(".");
        faults.iter().map(|fault| format!("{}@{}", fault["type"].as_str().unwrap(), place(fault))).collect()
    }
}

/// Sends a request of which everything can be said; an empty body is none.
pub async fn send(
    service: &Service,
    method: &str,
    uri: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Answer {
    let mut request =
        Request::builder().method(Method::from_bytes(method.as_bytes()).unwrap()).uri(uri.parse().unwrap());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Answer::of(service.answer(request.body(body.into())).await).await
}

/// JSON as snapshots show it: insta itself would show serde_json's exact numbers as objects.
pub fn pretty(json: &Value) -> String {
    serde_json::to_string_pretty(json).unwrap()
}

pub async fn get(service: &Service, uri: &str) -> Answer {
    send(service, "GET", uri, &[], ()).await
}

pub async fn post(service: &Service, uri: &str, json: &str) -> Answer {
    send(service, "POST", uri, &[("content-type", "application/json")], json.to_owned()).await
}

pub async fn patch(service: &Service, uri: &str, json: &str) -> Answer {
    send(service, "PATCH", uri, &[("content-type", "application/json")], json.to_owned()).await
}
