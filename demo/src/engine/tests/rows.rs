//! Reading rows, and the limits of it.

use super::*;

#[tokio::test]
async fn the_penguins() {
    let (_folder, engine) = engine().await;
    let dataset = engine.get("penguins", None).await.unwrap();
    let columns: Vec<_> = dataset.columns.iter().map(|c| (c.name.as_str(), c.r#type, c.nullable)).collect();
    use ColumnType::{Float, Integer, Text};
    assert_eq!(
        columns,
        [
            ("species", Text, false),
            ("island", Text, false),
            ("bill_length_mm", Float, true),
            ("bill_depth_mm", Float, true),
            ("flipper_length_mm", Integer, true),
            ("body_mass_g", Integer, true),
            ("sex", Text, true),
            ("year", Integer, false),
        ]
    );
    assert_eq!(dataset.rows, 344);
    assert!(dataset.bytes > 0);

    let rows = read(&engine, "penguins", &page(&[], "", &[], 1, 3)).await.unwrap();
    assert_eq!(rows.total, 344);
    assert_eq!(rows.columns, dataset.columns);
    assert_eq!(
        serde_json::to_string(&rows.rows).unwrap(),
        concat!(
            r#"[{"species":"Adelie","island":"Torgersen","bill_length_mm":null,"bill_depth_mm":null,"#,
            r#""flipper_length_mm":null,"body_mass_g":null,"sex":null,"year":2007}]"#
        )
    );
    let whole = serde_json::to_string(&rows).unwrap();
    assert!(whole.starts_with(r#"{"columns":[{"name":"species","type":"text","nullable":false},"#), "{whole}");

    let query = page(&["body_mass_g", "species"], "body_mass_g > 6000 AND sex = 'male'", &["-body_mass_g"], 10, 0);
    let rows = read(&engine, "penguins", &query).await.unwrap();
    assert_eq!(rows.total, 2);
    assert_eq!(
        json(&rows),
        json!([{"body_mass_g": 6300, "species": "Gentoo"}, {"body_mass_g": 6050, "species": "Gentoo"}])
    );
}

#[tokio::test]
async fn pages_cover_every_row_once() {
    let (_folder, engine) = engine().await;
    let text: String = (0..20_000).map(|i| format!("{i},{}\n", i % 3)).collect();
    upload(&engine, "many", &format!("id,key\n{text}")).await.unwrap();
    for (order_by, size) in [(&[][..], 977), (&["key"], 3001), (&["-key"], 3001)] {
        let mut ids = Vec::new();
        let mut keys = Vec::new();
        for offset in (0..20_000).step_by(size) {
            let query = page(&[], "", order_by, size as u64, offset as u64);
            let rows = read(&engine, "many", &query).await.unwrap();
            assert_eq!(rows.total, 20_000);
            for row in json(&rows).as_array().unwrap() {
                ids.push(row["id"].as_u64().unwrap());
                keys.push(row["key"].as_i64().unwrap());
            }
        }
        let descending = order_by.first().is_some_and(|key| key.starts_with('-'));
        let mut expected: Vec<u64> = (0..20_000).collect();
        if !order_by.is_empty() {
            expected.sort_by_key(|id| if descending { 2 - id % 3 } else { id % 3 });
        }
        assert_eq!(ids, expected, "{order_by:?}");
    }
    let none = read(&engine, "many", &page(&[], "id > 19990", &[], u64::MAX, u64::MAX)).await.unwrap();
    assert_eq!((none.total, none.rows.len(), none.rows.is_empty()), (9, 0, true));
    let all = read(&engine, "many", &page(&[], "id > 19990", &[], u64::MAX, 0)).await.unwrap();
    assert_eq!((all.total, all.rows.len()), (9, 9));
}

#[tokio::test]
async fn values_as_json() {
    let (_folder, engine) = engine().await;
    let text = "b,i,f,t,d,at,zoned\n\
        true,-1,1.5,\"a\"\"b\n\",2013-01-01,2013-01-01T05:00:00.25,2013-01-01T05:00:00Z\n\
        false,9223372036854775807,NaN,é,1900-12-31,0001-01-01 00:00:00,9999-12-31T23:59:59+01:00\n\
        NA,NA,inf,NA,NA,NA,NA\n";
    upload(&engine, "values", text).await.unwrap();
    let rows = read(&engine, "values", &page(&[], "", &[], 10, 0)).await.unwrap();
    assert_eq!(
        json(&rows),
        json!([
            {"b": true, "i": -1, "f": 1.5, "t": "a\"b\n", "d": "2013-01-01", "at": "2013-01-01T05:00:00.250",
             "zoned": "2013-01-01T05:00:00Z"},
            {"b": false, "i": i64::MAX, "f": null, "t": "é", "d": "1900-12-31", "at": "0001-01-01T00:00:00",
             "zoned": "9999-12-31T22:59:59Z"},
            {"b": null, "i": null, "f": null, "t": null, "d": null, "at": null, "zoned": null},
        ])
    );
}

#[tokio::test]
async fn names_are_exact() {
    let (_folder, engine) = engine().await;
    upload(&engine, "odd", "Name,name,a.b,c d,order,-x,dataset.name\nA,b,1,2,3,4,5\nB,a,3,4,5,6,7\n").await.unwrap();
    let query = page(&["c d", "a.b", "Name"], r#""a.b" > 1 AND "Name" = 'B' AND name = 'a'"#, &["-a.b", "order"], 5, 0);
    let rows = read(&engine, "odd", &query).await.unwrap();
    assert_eq!(json(&rows), json!([{"c d": 4, "a.b": 3, "Name": "B"}]));
    let steps = [
        sort(&["-Name"]),
        group(
            &["Name", "a.b"],
            vec![aggregate("c d", AggregateFunction::Sum), aggregate("dataset.name", AggregateFunction::Max)],
        ),
        filter(r#""sum_c d" > 2"#),
        select(&["max_dataset.name", "a.b"]),
    ];
    let rows = preview(&engine, "odd", &steps, 5).await.unwrap();
    assert_eq!(json(&rows), json!([{"max_dataset.name": 7, "a.b": 3}]));
    let found = faults(read(&engine, "odd", &page(&[], "NAME = 'A' OR a.b > 1", &[], 5, 0)).await);
    assert_eq!(
        found,
        [
            "where: there is no column `NAME`; did you mean `Name`?",
            "where: write \"a.b\" in double quotes: its name has a dot in it"
        ]
    );
}

#[tokio::test]
async fn datasets_by_name() {
    let (_folder, engine) = engine().await;
    for name in ["", "../x", "X", "a/b"] {
        assert!(matches!(engine.get(name, None).await, Err(Error::NotFound { .. })), "{name}");
    }
    assert!(matches!(upload(&engine, "penguins", "a\n1\n").await, Err(Error::AlreadyExists { .. })));
    assert!(matches!(upload(&engine, "broken", "a,b\n1\n").await, Err(Error::File { line: Some(2), .. })));
    assert!(matches!(read(&engine, "broken", &Default::default()).await, Err(Error::NotFound { .. })));
    assert!(matches!(preview(&engine, "broken", &[], 1).await, Err(Error::NotFound { .. })));
    upload(&engine, "a", "a\n").await.unwrap();
    let names: Vec<_> = engine.list().await.unwrap().into_iter().map(|dataset| dataset.name.to_string()).collect();
    assert_eq!(names, ["a", "penguins"]);
    let rows = read(&engine, "a", &page(&[], "a = 'x'", &["a"], 5, 0)).await.unwrap();
    assert_eq!((rows.total, rows.rows.len()), (0, 0));
}

#[tokio::test]
async fn memory_is_limited() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let engine = Engine::new(store, EngineOptions { memory: 1 << 20, threads: 2, ..EngineOptions::default() }).unwrap();
    let text: String = (0..100_000).map(|i| format!("{i},name-{i}\n")).collect();
    upload(&engine, "many", &format!("id,name\n{text}")).await.unwrap();
    let median = group(&[], vec![aggregate("id", AggregateFunction::Median)]);
    let error = preview(&engine, "many", &[median], 1).await.unwrap_err();
    assert!(matches!(error, Error::ResourcesExhausted(_)), "{error:?}");
    assert_eq!(read(&engine, "many", &page(&[], "", &[], 1, 0)).await.unwrap().rows.len(), 1);
}
