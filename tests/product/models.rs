//! `#[model]`: structs, enums of names, tagged unions.

use serde_json::json;
use versify::prelude::*;

use crate::client::post;

#[model(rename_all = "camelCase", extra = "forbid")]
#[derive(Debug, PartialEq, Clone)]
struct Strict {
    item_id: u32,
    #[field(alias = "kind")]
    r#type: Option<String>,
    #[field(default)]
    many: Vec<Strict>,
    #[field(default = 5)]
    five: u8,
}

#[model]
#[derive(Debug, PartialEq, Clone)]
struct Cat {
    lives: u8,
}

#[model(tag = "kind", rename_all = "snake_case")]
#[derive(Debug, PartialEq, Clone)]
enum Pet {
    Cat(Cat),
    BigDog {
        #[field(min_length = 1)]
        name: String,
    },
    Nothing,
}

#[model]
#[derive(Debug, PartialEq, Clone, Copy)]
enum Level {
    Low,
    #[field(alias = "very high")]
    High,
}

#[model]
#[derive(Debug, PartialEq, Clone)]
struct Home {
    pets: Vec<Pet>,
    level: Level,
    best: Option<Box<Pet>>,
}

#[post("/home")]
async fn home(home: Home) -> Home {
    home
}

#[post("/strict")]
async fn strict(strict: Strict) -> Strict {
    strict
}

fn service() -> versify::Service {
    App::new("models", "1").routes(routes![home, strict]).build().unwrap()
}

#[tokio::test]
async fn good_values_come_back_as_they_were() {
    for (uri, body) in [
        (
            "/home",
            json!({"pets": [{"kind": "cat", "lives": 9}, {"kind": "big_dog", "name": "Rex"}, {"kind": "nothing"}], "level": "very high", "best": null}),
        ),
        ("/home", json!({"pets": [], "level": "Low", "best": {"kind": "cat", "lives": 1}})),
        (
            "/strict",
            json!({"itemId": 1, "kind": "a", "many": [{"itemId": 2, "kind": null, "many": [], "five": 5}], "five": 6}),
        ),
    ] {
        let answer = post(&service(), uri, &body.to_string()).await;
        assert_eq!((answer.status, answer.json()), (200, body));
    }
}

#[tokio::test]
async fn a_tag_may_come_late() {
    let answer = post(
        &service(),
        "/home",
        r#"{"level":"Low","pets":[{"lives":3,"kind":"cat"},{"name":"x","other":1,"kind":"big_dog"}]}"#,
    )
    .await;
    assert_eq!(answer.json()["pets"], json!([{"kind": "cat", "lives": 3}, {"kind": "big_dog", "name": "x"}]));
}

#[tokio::test]
async fn faults_of_unions_and_strict_models() {
    let service = service();
    for (uri, body, faults) in [
        (
            "/home",
            r#"{"pets":[{"kind":"cow"},{"lives":1},{"kind":"cat","lives":300},{"name":"","kind":"big_dog"},7],"level":"low"}"#,
            &[
                "union_tag_invalid@body.pets.0",
                "union_tag_not_found@body.pets.1",
                "less_than_equal@body.pets.2.cat.lives",
                "string_too_short@body.pets.3.big_dog.name",
                "model_attributes_type@body.pets.4",
                "enum@body.level",
            ][..],
        ),
        (
            "/strict",
            r#"{"item_id":1,"many":[{"x":1,"itemId":"y"}]}"#,
            &[
                "missing@body.itemId",
                "int_parsing@body.many.0.itemId",
                "extra_forbidden@body.many.0.x",
                "extra_forbidden@body.item_id",
            ],
        ),
    ] {
        assert_eq!(post(&service, uri, body).await.faults(), faults, "{body}");
    }
    let answer = post(&service, "/home", r#"{"pets":[{"kind":"cow"}],"level":"low"}"#).await;
    assert_eq!(
        answer.json()["detail"],
        json!([
            {
                "type": "union_tag_invalid", "loc": ["body", "pets", 0],
                "msg": "Input tag 'cow' found using 'kind' does not match any of the expected tags: 'cat', 'big_dog', 'nothing'",
                "input": {"kind": "cow"},
                "ctx": {"discriminator": "'kind'", "tag": "cow", "expected_tags": "'cat', 'big_dog', 'nothing'"},
            },
            {
                "type": "enum", "loc": ["body", "level"], "msg": "Input should be 'Low' or 'very high'", "input": "low",
                "ctx": {"expected": "'Low' or 'very high'"},
            },
        ])
    );
}

#[test]
fn models_are_serdes_too() {
    let home: Home = serde_json::from_str(r#"{"pets":[{"kind":"nothing"}],"level":"Low"}"#).unwrap();
    assert_eq!(serde_json::to_string(&home).unwrap(), r#"{"pets":[{"kind":"nothing"}],"level":"Low","best":null}"#);
    let error = serde_json::from_str::<Home>(r#"{"pets":[{"kind":"cat","lives":"x"}],"level":"Low"}"#).unwrap_err();
    assert!(error.to_string().starts_with("pets[0].lives: Input should be a valid integer"), "{error}");
}
