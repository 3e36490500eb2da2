//! Fields that stand in answers only: no request sets them, and nothing has to read their type.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use versify::{
    Service,
    openapi::{Components, Describe, Schema},
    prelude::*,
    serde::{Serialize, Serializer},
};

use crate::client::{get, post};

/// Written by hand: nothing reads it.
#[derive(Default)]
struct Squares(u32);

impl Serialize for Squares {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((0..self.0).map(|n| n * n))
    }
}

impl Describe for Squares {
    fn describe(components: &mut Components) -> Schema {
        Schema::array(u32::describe(components))
    }
}

#[model(rename_all = "camelCase", populate_by_name)]
struct Table {
    row_count: u32,
    /// Of each row.
    #[field(read_only)]
    square_numbers: Squares,
    #[field(read_only, alias = "no")]
    row_id: u32,
    #[field(read_only)]
    not_known: Patch<String>,
    #[field(read_only, default_with = seven)]
    made_up: u32,
}

fn seven() -> u32 {
    7
}

#[model(extra = "allow")]
struct Sheet {
    #[field(flatten)]
    table: Table,
    #[field(flatten)]
    rest: BTreeMap<String, Value>,
}

#[model(tag = "kind")]
enum Shape {
    Square {
        side: u32,
        #[field(read_only)]
        of: Squares,
    },
    Table(Table),
}

#[model]
struct Only {
    #[field(read_only)]
    of: Squares,
}

#[model(extra = "forbid")]
struct Closed {
    #[field(read_only)]
    of: Squares,
}

#[post("/closed")]
async fn closed(body: Closed) -> Closed {
    body
}

#[post("/table")]
async fn table(mut body: Table) -> Table {
    body.square_numbers = Squares(body.row_count);
    body
}

#[post("/sheet")]
async fn sheet(body: Sheet) -> Sheet {
    body
}

#[post("/shape")]
async fn shape(body: Shape) -> Shape {
    body
}

#[post("/only")]
async fn only(body: Only) -> Only {
    body
}

#[get("/query")]
async fn query(#[query] table: Table) -> Table {
    table
}

fn service() -> Service {
    App::new("Answers", "1.0.0").routes(routes![table, sheet, shape, only, closed, query]).build().unwrap()
}

/// By none of its names a request sets such a field, and a map of undeclared fields does not take it.
#[tokio::test]
async fn no_request_sets_them() {
    let sent = json!({"rowCount": 3, "squareNumbers": [5], "no": 5, "notKnown": "x", "madeUp": 1});
    let with = |object: &Value, name: &str, value: Value| {
        let mut object = object.clone();
        object[name] = value;
        object
    };
    let unset = json!({"rowCount": 3, "squareNumbers": [], "no": 0, "madeUp": 7});
    let by_name = json!({"row_count": 3, "square_numbers": [5], "row_id": 5, "not_known": "x", "made_up": 1});
    let squares = with(&unset, "squareNumbers", json!([0, 1, 4]));
    let cases = [
        ("/table", sent.clone(), squares.clone()),
        ("/table", by_name, squares),
        ("/sheet", with(&sent, "note", json!("x")), with(&unset, "note", json!("x"))),
        ("/shape", with(&sent, "kind", json!("Table")), with(&unset, "kind", json!("Table"))),
        ("/shape", json!({"kind": "Square", "side": 2, "of": [1]}), json!({"kind": "Square", "side": 2, "of": []})),
        ("/only", json!({"of": [1]}), json!({"of": []})),
        ("/only", json!({}), json!({"of": []})),
    ];
    let service = service();
    for (path, sent, expected) in cases {
        let answer = post(&service, path, &sent.to_string()).await;
        assert_eq!((answer.status, &answer.json()), (200, &expected), "{path} {sent}");
        assert_eq!(answer.body.matches("\"no\"").count(), usize::from(expected.get("no").is_some()), "{}", answer.body);
    }
    let answer = post(&service, "/closed", r#"{"of": [1]}"#).await;
    assert_eq!((answer.status, answer.faults()), (422, vec!["extra_forbidden@body.of".to_owned()]));
    let answer = get(&service, "/query?rowCount=3&no=5&madeUp=1").await;
    assert_eq!((answer.status, answer.json()), (200, unset));
}

/// In requests the document does not name them. In answers they are always there, but for what can be unset.
#[tokio::test]
async fn the_document_has_them_in_answers() {
    let document = get(&service(), "/openapi.json").await.json();
    let schemas = &document["components"]["schemas"];
    let names = |schema: &Value| schema["properties"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&schemas["Table-Input"]), ["rowCount"]);
    let output = &schemas["Table-Output"];
    assert_eq!(output["required"], json!(["rowCount", "squareNumbers", "no", "madeUp"]));
    let numbers = &output["properties"]["squareNumbers"];
    assert_eq!(numbers["type"], "array");
    assert_eq!((&numbers["description"], &numbers["readOnly"]), (&json!("Of each row."), &json!(true)));
    let parameters = document["paths"]["/query"]["get"]["parameters"].as_array().unwrap();
    let names: Vec<_> = parameters.iter().map(|parameter| &parameter["name"]).collect();
    assert_eq!(names, ["rowCount"]);
}
