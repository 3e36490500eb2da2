//! Types of versify's own and of other crates, beyond what FastAPI's vectors ask.

use std::{net::IpAddr, time::Duration};

use chrono::{FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use versify::{
    prelude::*,
    types::{Base64Bytes, EmailStr, Iso, Secret},
};

use crate::client::{get, post};

#[model]
struct Login {
    name: String,
    #[field(min_length = 8)]
    password: Secret<String>,
    #[field(alias = ["pin", "code"])]
    pin: Option<Secret<u32>>,
    remember: bool,
}

#[post("/login")]
async fn login(login: Login) -> Login {
    login
}

#[get("/token")]
async fn token(#[query(max_length = 3)] token: Secret<String>) -> Secret<String> {
    token
}

#[model]
struct Kinds {
    at: chrono::DateTime<Utc>,
    local: chrono::DateTime<FixedOffset>,
    naive: NaiveDateTime,
    exact: Iso<NaiveDateTime>,
    #[field(gt = "2020-01-01", le = "2030-12-31")]
    day: NaiveDate,
    time: NaiveTime,
    span: Iso<Duration>,
    ip: IpAddr,
    email: EmailStr,
    data: Base64Bytes,
    price: Option<Decimal>,
}

#[post("/kinds")]
async fn kinds(kinds: Kinds) -> Kinds {
    kinds
}

fn service() -> versify::Service {
    App::new("types", "1").routes(routes![login, token, kinds]).build().unwrap()
}

#[tokio::test]
async fn secrets_are_never_quoted() {
    let service = service();
    for body in [
        r#"{"name":"ann","password":"hunter2","remember":true}"#,
        r#"{"name":"ann","password":"hunter2hunter2"}"#,
        r#"{"name":1,"password":["hunter2"],"remember":"hunter"}"#,
        r#"{"password":{"hunter2":"hunter2"},"remember":true}"#,
        r#"{"name":"ann","password":"long enough hunter2","code":70707,"pin":70707}"#,
        r#"{"name":"ann","password":"long enough","code":"hunter2","remember":true}"#,
    ] {
        let answer = post(&service, "/login", body).await;
        assert_eq!(answer.status, 422, "{body}");
        assert!(!answer.body.contains("hunter2") && !answer.body.contains("70707"), "{}", answer.body);
        assert!(answer.body.contains("**********"), "{}", answer.body);
    }
    let answer = get(&service, "/token?token=hunter2").await;
    assert_eq!(answer.json()["detail"][0]["input"], "**********");
    assert_eq!(answer.json()["detail"][0]["type"], "string_too_long");
    assert_eq!(get(&service, "/token?token=abc").await.json(), "**********");
    let good = r#"{"name":"ann","password":"long enough","code":5,"remember":true}"#;
    assert_eq!(
        post(&service, "/login", good).await.json(),
        json!({"name": "ann", "password": "**********", "pin": "**********", "remember": true})
    );
}

fn good() -> Value {
    json!({
        "at": "2032-04-23T10:20:30+02:00", "local": "2032-04-23T10:20:30.5+02:00", "naive": "2032-04-23T10:20:30",
        "exact": "2032-04-23T10:20:30.5", "day": "2025-01-01", "time": "10:20", "span": "90", "ip": "::1",
        "email": "Ann <ann@Example.com>", "data": "aGk", "price": 1.5,
    })
}

#[tokio::test]
async fn values_go_in_and_out() {
    let mut body = good();
    body["span"] = json!(90.5);
    let answer = post(&service(), "/kinds", &body.to_string()).await;
    assert_eq!(
        answer.json(),
        json!({
            "at": "2032-04-23T08:20:30Z", "local": "2032-04-23T10:20:30.500+02:00", "naive": "2032-04-23T10:20:30",
            "exact": "2032-04-23T10:20:30.500000", "day": "2025-01-01", "time": "10:20:00", "span": "PT1M30.5S",
            "ip": "::1", "email": "ann@example.com", "data": "aGk=", "price": "1.5",
        })
    );
}

#[tokio::test]
async fn faults_are_named() {
    for (field, value, fault) in [
        ("at", json!("2032-04-23T10:20:30"), "timezone_aware"),
        ("naive", json!("2032-04-23T10:20:30Z"), "timezone_naive"),
        ("time", json!("10:20Z"), "timezone_naive"),
        ("day", json!("2020-01-01"), "greater_than"),
        ("day", json!("2031-01-01"), "less_than_equal"),
        ("day", json!("0000-01-01"), "date_parsing"),
        ("span", json!(-1), "out_of_range"),
        ("span", json!("90"), "time_delta_parsing"),
        ("ip", json!("1.2.3"), "ip_any_address"),
        ("email", json!("ann"), "value_error"),
        ("data", json!("!"), "bytes_invalid_encoding"),
        ("price", json!("x"), "decimal_parsing"),
        ("price", json!("123456789012345678901234567890"), "decimal_max_digits"),
    ] {
        let mut body = good();
        body["span"] = json!(1);
        body[field] = value;
        let answer = post(&service(), "/kinds", &body.to_string()).await;
        assert_eq!(answer.faults(), [format!("{fault}@body.{field}")], "{body}");
    }
}

#[model]
struct Points {
    stamp: jiff::Timestamp,
    #[field(ge = "2000-01-01")]
    day: jiff::civil::Date,
    civil: jiff::civil::DateTime,
    clock: jiff::civil::Time,
    signed: Iso<jiff::SignedDuration>,
    offset: Iso<time::OffsetDateTime>,
    utc: Iso<time::UtcDateTime>,
    primitive: Iso<time::PrimitiveDateTime>,
    date: Iso<time::Date>,
    time: Iso<time::Time>,
    #[field(lt = "PT1H")]
    span: Iso<time::Duration>,
}

#[post("/points")]
async fn points(points: Points) -> Points {
    points
}

#[tokio::test]
async fn other_crates_of_dates_and_times() {
    let service = App::new("points", "1").routes(routes![points]).build().unwrap();
    let good = json!({
        "stamp": "2032-04-23T10:20:30+02:00", "day": "2032-04-23", "civil": "2032-04-23 10:20", "clock": "10:20:30.25",
        "signed": -90.5, "offset": "2032-04-23T10:20:30.5-03:30", "utc": "2032-04-23T10:20:30+02:00",
        "primitive": "2032-04-23", "date": "2032-04-23", "time": "10:20:30.000001", "span": "-P1DT1S",
    });
    assert_eq!(
        post(&service, "/points", &good.to_string()).await.json(),
        json!({
            "stamp": "2032-04-23T08:20:30Z", "day": "2032-04-23", "civil": "2032-04-23T10:20:00",
            "clock": "10:20:30.25", "signed": "-PT1M30.5S", "offset": "2032-04-23T10:20:30.500000-03:30",
            "utc": "2032-04-23T08:20:30Z", "primitive": "2032-04-23T00:00:00", "date": "2032-04-23",
            "time": "10:20:30.000001", "span": "-P1DT1S",
        })
    );
    for (field, value, fault) in [
        ("stamp", "2032-04-23T10:20:30", "timezone_aware"),
        ("day", "1999-12-31", "greater_than_equal"),
        ("civil", "2032-04-23T10:20:30Z", "timezone_naive"),
        ("clock", "10", "time_parsing"),
        ("signed", "x", "time_delta_parsing"),
        ("offset", "2032-04-23", "timezone_aware"),
        ("utc", "0001-01-01T00:00:00+23:00", "out_of_range"),
        ("span", "PT1H", "less_than"),
    ] {
        let mut body = good.clone();
        body[field] = json!(value);
        let answer = post(&service, "/points", &body.to_string()).await;
        assert_eq!(answer.faults(), [format!("{fault}@body.{field}")], "{body}");
    }
}

#[test]
fn schemas() {
    let document: Value = serde_json::from_slice(service().openapi()).unwrap();
    let schemas = &document["components"]["schemas"];
    let point = json!({"type": "string", "format": "date-time", "title": "At"});
    let password = json!({
        "type": "string", "format": "password", "writeOnly": true, "minLength": 8, "title": "Password",
    });
    for (place, schema) in [
        ("/Kinds-Input/properties/at", point.clone()),
        ("/Kinds-Output/properties/at", point),
        ("/Kinds-Input/properties/day", json!({"type": "string", "format": "date", "title": "Day"})),
        ("/Kinds-Input/properties/span", json!({"type": "string", "format": "duration", "title": "Span"})),
        ("/Kinds-Input/properties/ip", json!({"type": "string", "format": "ipvanyaddress", "title": "Ip"})),
        ("/Kinds-Input/properties/email", json!({"type": "string", "format": "email", "title": "Email"})),
        (
            "/Kinds-Input/properties/data",
            json!({
                "type": "string", "contentEncoding": "base64", "contentMediaType": "application/octet-stream",
                "title": "Data",
            }),
        ),
        (
            "/Kinds-Input/properties/price",
            json!({"anyOf": [{"type": "number"}, {"type": "string"}, {"type": "null"}], "title": "Price"}),
        ),
        ("/Kinds-Output/properties/price", json!({"anyOf": [{"type": "string"}, {"type": "null"}], "title": "Price"})),
        ("/Login/properties/password", password),
    ] {
        assert_eq!(schemas.pointer(place), Some(&schema), "{place}");
    }
}
