//! What FastAPI answered to single values (`vectors/fastapi.json`), asked again of versify.
//!
//! A vector that is not answered alike stands in [`UNDECLARED`] or [`DIFFERENT`], with the reason. Both lists are
//! exact: what begins to agree has to leave them.

mod bodies;
mod declared;
mod pending;

use std::{collections::BTreeMap, fmt::Write};

use serde::Deserialize;
use serde_json::{Value, json};
use versify::{Service, poem::http::header};

use self::pending::{DIFFERENT, UNDECLARED};
use crate::client::{Answer, send};

/// One question and FastAPI's answer.
#[derive(Debug, Deserialize)]
struct Vector {
    id: String,
    r#type: String,
    constraints: Value,
    r#where: String,
    declared: Option<String>,
    content_type: Option<String>,
    raw: Value,
    status: u16,
    ok: Option<Value>,
    errors: Option<Value>,
}

impl Vector {
    /// The type as it is declared, with its constraints.
    fn declaration(&self) -> String {
        match self.constraints.as_object() {
            Some(constraints) if !constraints.is_empty() => format!("{} {}", self.r#type, self.constraints),
            _ => self.r#type.clone(),
        }
    }

    /// What FastAPI answered.
    fn expected(&self) -> Value {
        match &self.errors {
            // `ok` may be null.
            None => self.ok.clone().unwrap_or_default(),
            Some(errors) => json!({ "detail": errors }),
        }
    }

    /// The texts that are sent for a parameter.
    fn texts(&self) -> Vec<&str> {
        match &self.raw {
            Value::String(text) => vec![text],
            Value::Array(texts) => texts.iter().map(|text| text.as_str().unwrap()).collect(),
            _ => Vec::new(),
        }
    }

    async fn ask(&self, service: &Service) -> Answer {
        let query = || self.texts().iter().map(|text| format!("v={}", encoded(text))).collect::<Vec<_>>().join("&");
        match self.r#where.as_str() {
            "query" => send(service, "GET", &format!("/query?{}", query()), &[], ()).await,
            "form" => {
                let form = [("content-type", "application/x-www-form-urlencoded")];
                send(service, "POST", "/form", &form, query()).await
            }
            "path" => send(service, "GET", &format!("/path/{}", encoded(self.texts()[0])), &[], ()).await,
            "header" => {
                let headers: Vec<_> = self.texts().into_iter().map(|text| ("x-v", text)).collect();
                send(service, "GET", "/header", &headers, ()).await
            }
            "cookie" => {
                let cookies: Vec<_> = self.texts().iter().map(|text| format!("v={text}")).collect();
                let headers: Vec<_> = cookies.iter().map(|cookie| ("cookie", cookie.as_str())).collect();
                send(service, "GET", "/cookie", &headers, ()).await
            }
            "json" => {
                let uri = if self.declared.as_deref() == Some("the whole body") { "/whole" } else { "/json" };
                self.post(service, uri, Some("application/json")).await
            }
            _ => self.post(service, "/", self.content_type.as_deref()).await,
        }
    }

    async fn post(&self, service: &Service, uri: &str, content_type: Option<&str>) -> Answer {
        let headers: Vec<_> = content_type.map(|value| (header::CONTENT_TYPE.as_str(), value)).into_iter().collect();
        send(service, "POST", uri, &headers, self.raw.as_str().unwrap_or_default().to_owned()).await
    }

    /// What differs; empty if nothing does.
    async fn difference(&self, service: &Service) -> String {
        let answer = self.ask(service).await;
        let got: Value = serde_json::from_str(&answer.body).unwrap_or(Value::String(answer.body));
        if (answer.status, &got) == (self.status, &self.expected()) {
            return String::new();
        }
        format!("{} {}\n   got {} {got}\n  want {} {}", self.id, self.raw, answer.status, self.status, self.expected())
    }
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut all, byte| {
        let _ = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => write!(all, "{}", byte as char),
            _ => write!(all, "%{byte:02X}"),
        };
        all
    })
}

#[tokio::test]
async fn values_are_answered_as_fastapi_answers_them() {
    let all: Value = serde_json::from_str(include_str!("vectors/fastapi.json")).unwrap();
    let vectors: Vec<Vector> = serde_json::from_value(all["vectors"].clone()).unwrap();
    let total = vectors.len();
    let services: BTreeMap<String, Service> = declared::services().into_iter().chain(bodies::services()).collect();
    let mut undeclared = BTreeMap::<String, usize>::new();
    let mut wrong = Vec::new();
    let mut agreed = 0;
    for vector in vectors {
        let key = match vector.r#where.as_str() {
            "body" => vector.declared.clone().unwrap(),
            _ => vector.declaration(),
        };
        let Some(service) = services.get(&key) else {
            *undeclared.entry(key).or_default() += 1;
            continue;
        };
        let difference = vector.difference(service).await;
        let known = DIFFERENT.iter().any(|(_, ids)| ids.contains(&vector.id.as_str()));
        match (difference.is_empty(), known) {
            (true, false) => agreed += 1,
            (true, true) => wrong.push(format!("{} agrees now: take it off the list", vector.id)),
            (false, true) => {}
            (false, false) => wrong.push(difference),
        }
    }
    let listed: BTreeMap<_, _> =
        UNDECLARED.iter().flat_map(|(_, types)| types.iter()).map(|(key, count)| ((*key).to_owned(), *count)).collect();
    println!("{agreed} of {total} vectors agree; not declared: {undeclared:#?}");
    assert!(wrong.is_empty(), "{} vectors differ:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(undeclared, listed, "what cannot be declared");
}
