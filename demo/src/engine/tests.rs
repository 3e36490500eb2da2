use serde_json::{Value, json};
use tempfile::TempDir;

use super::*;
use crate::sample::load_sample;

async fn engine() -> (TempDir, Engine) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let engine = Engine::new(store, EngineOptions::default()).unwrap();
    load_sample(&engine).await.unwrap();
    (folder, engine)
}

async fn upload(engine: &Engine, name: &str, text: &str) -> Result<Dataset> {
    let staged = engine.staging_file().unwrap();
    std::fs::write(staged.path(), text).unwrap();
    engine.create(name, staged, LoadOptions::default(), None).await
}

fn page(select: &[&str], r#where: &str, order_by: &[&str], limit: u64, offset: u64) -> (Query, Window) {
    let strings = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
    let r#where = (!r#where.is_empty()).then(|| r#where.to_owned());
    let query = Query { select: strings(select), r#where, order_by: strings(order_by) };
    (query, Window { limit: Some(limit), offset })
}

fn condition(text: &str) -> (Query, Window) {
    let (query, window) = page(&["year"], "", &[], 1, 0);
    (Query { r#where: Some(text.into()), ..query }, window)
}

async fn read(engine: &Engine, name: &str, (query, window): &(Query, Window)) -> Result<Rows> {
    engine.rows(name, None, query, window, None).await.map(|page| page.rows)
}

async fn preview(engine: &Engine, name: &str, steps: &[Step], limit: u64) -> Result<Rows> {
    let transform = Transform { dataset: name.into(), version: None, steps: steps.to_vec() };
    engine.preview(&transform, limit).await
}

fn faults(result: Result<Rows>) -> Vec<String> {
    match result {
        Err(Error::Invalid(faults)) => faults.iter().map(ToString::to_string).collect(),
        other => vec![format!("{:?}", other.map(|rows| json(&rows)))],
    }
}

fn json(rows: &Rows) -> Value {
    serde_json::to_value(rows.records()).unwrap()
}

fn aggregate(column: &str, function: AggregateFunction) -> Aggregate {
    Aggregate { column: (!column.is_empty()).then(|| column.into()), function, quantile: None, alias: None }
}

fn filter(text: &str) -> Step {
    Step::Filter { r#where: text.into() }
}

fn select(columns: &[&str]) -> Step {
    Step::Select { columns: columns.iter().map(ToString::to_string).collect() }
}

fn sort(by: &[&str]) -> Step {
    let key = |key: &&str| match key.strip_prefix('-') {
        Some(column) => SortKey { column: column.into(), descending: true },
        None => SortKey { column: key.to_string(), descending: false },
    };
    Step::Sort { by: by.iter().map(key).collect() }
}

fn group(group_by: &[&str], aggregates: Vec<Aggregate>) -> Step {
    Step::Aggregate { group_by: group_by.iter().map(ToString::to_string).collect(), aggregates }
}

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
        serde_json::to_string(&rows.records()).unwrap(),
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
    assert_eq!((none.total, none.len(), none.is_empty()), (9, 0, true));
    let all = read(&engine, "many", &page(&[], "id > 19990", &[], u64::MAX, 0)).await.unwrap();
    assert_eq!((all.total, all.len()), (9, 9));
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
async fn conditions_that_hold() {
    let (_folder, engine) = engine().await;
    for (text, total) in [
        ("species = 'Adelie'", 152),
        ("sex IS NULL", 11),
        ("sex IS NOT NULL AND NOT (year = 2007)", 230),
        ("bill_length_mm BETWEEN 40 AND 41", 20),
        ("island IN ('Dream', 'Biscoe')", 292),
        ("species LIKE 'G%'", 124),
        ("lower(species) = 'gentoo'", 124),
        ("LENGTH(species) > 6", 68),
        ("species ILIKE '%STRAP'", 68),
        ("body_mass_g / 1000.0 > 6", 2),
        ("CASE WHEN year = 2007 THEN true ELSE false END", 110),
        ("cast(year AS text) = '2008'", 114),
        ("round(bill_length_mm) = 40", 19),
        ("species ~ '^A'", 152),
        ("true", 344),
        ("NULL", 0),
    ] {
        let rows =
            read(&engine, "penguins", &condition(text)).await.unwrap_or_else(|error| panic!("{text}: {error:?}"));
        assert_eq!(rows.total, total, "{text}");
    }
}

#[tokio::test]
async fn conditions_that_are_refused() {
    let (_folder, engine) = engine().await;
    let long = "year = 1 OR ".repeat(1000);
    let nested = format!("{}year = 1{}", "(".repeat(500), ")".repeat(500));
    for (text, expected) in [
        ("", "Expected: an expression, found: EOF"),
        ("year >", "Expected: an expression, found: EOF"),
        ("year = 2007 2008", "found: 2008"),
        ("year = 2007; DROP TABLE dataset", "found: ;"),
        ("year = 2007 AS x", "expected an operator or the end, found `x`"),
        ("'abc", "Unterminated string literal"),
        ("year", "the expression must be true or false for a row, but is a whole number"),
        ("species", "but is text"),
        ("yeer = 2007", "there is no column `yeer`; did you mean `year`?"),
        ("species = \"Adelie\"", "there is no column `Adelie`; text is written in single quotes"),
        ("penguins.year = 2007", "there is no column `penguins.year`"),
        ("EXISTS (SELECT 1)", "an expression cannot have a query in it"),
        ("year IN (SELECT 1)", "an expression cannot have a query in it"),
        ("year = (SELECT max(year) FROM dataset)", "an expression cannot have a query in it"),
        ("year > avg(year)", "`avg` works on many rows"),
        ("row_number() OVER () = 1", "`row_number` works on many rows"),
        ("lower(species) OVER () = 'x'", "`lower` takes arguments in parentheses and nothing more"),
        ("random() > 0.5", "`random` may not be used: its result differs each time"),
        ("uuid() = 'x'", "`uuid` may not be used"),
        ("lowr(species) = 'x'", "there is no function `lowr`; did you mean `lower`?"),
        ("repeat(species, 1000000000) = 'x'", "there is no function `repeat`"),
        ("lpad(species, 1000000000) = 'x'", "there is no function `lpad`"),
        ("read_csv('/etc/passwd') = 'x'", "there is no function `read_csv`"),
        ("pg_sleep(10) = 1", "there is no function `pg_sleep`"),
        ("year = $1", "there is no value for `$1`"),
        ("year = ?", "there is no value for `?`"),
        ("@@version = 'x'", "there is no column `@@version`"),
        ("*", "found: *"),
        ("count(*) > 1", "`count` works on many rows"),
        ("lower(*) = 'x'", "`lower` takes values, not `*`"),
        ("lower() = 'x'", ""),
        ("lower(species, species) = 'x'", ""),
        ("abs(species) > 1", ""),
        ("year + true", ""),
        ("(year, species) = (1, 'a')", "cannot stand in an expression"),
        ("[1, 2] = year", "cannot stand in an expression"),
        ("MATCH (species) AGAINST ('x')", "cannot stand in an expression"),
        ("cast(year AS geometry) = 1", ""),
        (&long, "the expression has more than 8192 bytes"),
        (&nested, "the expression is nested too deeply"),
    ] {
        let found = faults(read(&engine, "penguins", &condition(text)).await);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(found[0].starts_with("where: ") && found[0].contains(expected), "{text}: {found:?}");
        assert!(!found[0].contains("This issue was likely"), "{text}: {found:?}");
    }
}

/// An overflow of the stack would end the process: on the default stack, the deepest that may pass must pass.
#[tokio::test]
async fn deep_conditions_do_not_overflow_the_stack() {
    let (_folder, engine) = engine().await;
    let deepest = [
        format!("{}year=1", "year=1 OR ".repeat(126)),
        format!("{}1>year", "1+".repeat(125)),
        format!("{}true", "NOT ".repeat(45)),
        format!("{}year > 1", "year+abs(-case when true then 1 end)-".repeat(60)),
    ];
    for text in deepest {
        let result = read(&engine, "penguins", &condition(&text)).await;
        assert!(result.is_ok(), "{text}: {result:?}");
    }
    let deeper = [
        format!("{}year=1", "year=1 OR ".repeat(800)),
        format!("{}1>year", "1+".repeat(4000)),
        format!("{}1>year", "1*".repeat(4000)),
        format!("{}true", "NOT ".repeat(2000)),
        format!("year>{}1", "- ".repeat(4000)),
        format!("year{}>1", "::int".repeat(1600)),
        format!("{}year{}>1", "abs(".repeat(1000), ")".repeat(1000)),
        format!("{}true{}", "CASE WHEN ".repeat(300), " THEN true END".repeat(300)),
        format!("true{}", " IS TRUE".repeat(1000)),
        format!("year{}=1", "[1]".repeat(2000)),
        format!("{}year > 1", "year IN (".repeat(800)),
    ];
    for text in deeper {
        let found = faults(read(&engine, "penguins", &condition(&text)).await);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
    }
}

#[tokio::test]
async fn conditions_that_fail_on_the_data() {
    let (_folder, engine) = engine().await;
    for text in ["1 / (year - 2007) > 0", "cast(species AS int) = 1", "species > 5", "cast('x' AS int) = year"] {
        let error = read(&engine, "penguins", &condition(text)).await.unwrap_err();
        assert!(matches!(error, Error::Evaluation { .. } | Error::Invalid(_)), "{text}: {error:?}");
    }
}

#[tokio::test]
async fn every_fault_of_a_query() {
    let (_folder, engine) = engine().await;
    let query = page(&["year", "specie", "year"], "yeer > 1 AND sexx = 'male'", &["-mass", "sex", "-sex"], 1, 0);
    assert_eq!(
        faults(read(&engine, "penguins", &query).await),
        [
            "where: there is no column `yeer`; did you mean `year`?",
            "where: there is no column `sexx`; did you mean `sex`?",
            "order_by[0]: there is no column `mass`; the columns are species, island, bill_length_mm, bill_depth_mm, \
             flipper_length_mm, body_mass_g, sex, year",
            "order_by[2]: `sex` occurs twice",
            "select[1]: there is no column `specie`; did you mean `species`?",
            "select[2]: `year` occurs twice",
        ]
    );
}

#[tokio::test]
async fn aggregates_of_the_penguins() {
    use AggregateFunction::{Count, CountDistinct, Max, Mean, Median, Min, Std, Sum};
    let (_folder, engine) = engine().await;
    let values = vec![
        aggregate("", Count),
        aggregate("sex", Count),
        aggregate("island", CountDistinct),
        aggregate("body_mass_g", Sum),
        Aggregate { alias: Some("mean mass".into()), ..aggregate("body_mass_g", Mean) },
        aggregate("bill_length_mm", Min),
        aggregate("island", Max),
        aggregate("flipper_length_mm", Median),
        aggregate("bill_depth_mm", Std),
    ];
    let rows = preview(&engine, "penguins", &[group(&["species"], values)], 10).await.unwrap();
    assert_eq!(rows.total, 3);
    let mut records = json(&rows);
    let close = |value: &mut Value, expected: f64| {
        let found = value.take().as_f64().unwrap();
        assert!((found - expected).abs() < 1e-9, "{found} {expected}");
    };
    let (means, deviations) = (
        [3700.662251655629, 3733.0882352941176, 5076.016260162602],
        [1.2166497625001254, 1.1353951016604091, 0.9812197595068879],
    );
    for (index, record) in records.as_array_mut().unwrap().iter_mut().enumerate() {
        close(&mut record["mean mass"], means[index]);
        close(&mut record["std_bill_depth_mm"], deviations[index]);
    }
    assert_eq!(
        records,
        json!([
            {"species": "Adelie", "count": 152, "count_sex": 146, "count_distinct_island": 3, "sum_body_mass_g": 558800,
             "mean mass": null, "min_bill_length_mm": 32.1, "max_island": "Torgersen",
             "median_flipper_length_mm": 190.0, "std_bill_depth_mm": null},
            {"species": "Chinstrap", "count": 68, "count_sex": 68, "count_distinct_island": 1, "sum_body_mass_g": 253850,
             "mean mass": null, "min_bill_length_mm": 40.9, "max_island": "Dream",
             "median_flipper_length_mm": 196.0, "std_bill_depth_mm": null},
            {"species": "Gentoo", "count": 124, "count_sex": 119, "count_distinct_island": 1, "sum_body_mass_g": 624350,
             "mean mass": null, "min_bill_length_mm": 40.9, "max_island": "Biscoe",
             "median_flipper_length_mm": 216.0, "std_bill_depth_mm": null},
        ])
    );
}

#[tokio::test]
async fn steps_build_on_each_other() {
    let (_folder, engine) = engine().await;
    let steps = [
        filter("body_mass_g IS NOT NULL"),
        group(&["island", "species"], vec![aggregate("body_mass_g", AggregateFunction::Max)]),
        filter("max_body_mass_g < 5000"),
        sort(&["-max_body_mass_g"]),
        select(&["species", "max_body_mass_g"]),
    ];
    let rows = preview(&engine, "penguins", &steps, 2).await.unwrap();
    assert_eq!((rows.total, rows.len()), (4, 2));
    assert_eq!(
        json(&rows),
        json!([{"species": "Chinstrap", "max_body_mass_g": 4800}, {"species": "Adelie", "max_body_mass_g": 4775}])
    );

    let rows = preview(&engine, "penguins", &[sort(&["year"]), sort(&["-sex"]), select(&["sex"])], 1).await.unwrap();
    assert_eq!((rows.total, json(&rows)), (344, json!([{"sex": "male"}])));
    let names: Vec<_> = rows.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["sex"]);

    let rows = preview(&engine, "penguins", &[], 2).await.unwrap();
    assert_eq!((rows.total, rows.len(), rows.columns.len()), (344, 2, 8));
    let rows = preview(&engine, "penguins", &[group(&["species"], vec![])], 2).await.unwrap();
    assert_eq!((rows.total, json(&rows)), (3, json!([{"species": "Adelie"}, {"species": "Chinstrap"}])));
    let all = group(&[], vec![aggregate("", AggregateFunction::Count)]);
    let rows = preview(&engine, "penguins", &[filter("year > 3000"), all], 2).await.unwrap();
    assert_eq!((rows.total, json(&rows)), (1, json!([{"count": 0}])));
}

#[tokio::test]
async fn every_fault_of_the_steps_and_none_twice() {
    use AggregateFunction::{Count, Mean, Sum};
    let (_folder, engine) = engine().await;
    let named = |alias: &str, aggregate: Aggregate| Aggregate { alias: Some(alias.into()), ..aggregate };
    let cases = [
        (vec![select(&[])], vec!["steps[0].columns: name at least one column"]),
        (vec![sort(&[])], vec!["steps[0].by: name at least one column"]),
        (vec![group(&[], vec![])], vec!["steps[0]: name columns to group by, or values to compute, or both"]),
        (
            vec![select(&["species", "year"]), filter("sex = 'male'"), sort(&["-island", "year"])],
            vec![
                "steps[1].where: there is no column `sex`; the columns are species, year",
                "steps[2].by[0].column: there is no column `island`; the columns are species, year",
            ],
        ),
        (
            // What a fault leaves open is no fault again.
            vec![select(&["speces", "year"]), filter("speces = 'x'"), sort(&["speces"]), select(&["speces", "yeer"])],
            vec![
                "steps[0].columns[0]: there is no column `speces`; did you mean `species`?",
                "steps[3].columns[1]: there is no column `yeer`; did you mean `year`?",
            ],
        ),
        (
            vec![
                group(
                    &["speces", "island", "island"],
                    vec![
                        aggregate("species", Mean),
                        aggregate("", Sum),
                        aggregate("mass", Mean),
                        named("island", aggregate("", Count)),
                        named("", aggregate("", Count)),
                        aggregate("year", Sum),
                        named("sum_year", aggregate("", Count)),
                    ],
                ),
                filter("mean_mass > 1 AND speces = 'x'"),
                filter("sum_year"),
            ],
            vec![
                "steps[0].group_by[0]: there is no column `speces`; did you mean `species`?",
                "steps[0].group_by[2]: `island` occurs twice",
                "steps[0].aggregates[0].function: `mean` does not work on `species`, which is text: it needs numbers",
                "steps[0].aggregates[1].column: this function needs a column",
                "steps[0].aggregates[2].column: there is no column `mass`; the columns are species, island, \
                 bill_length_mm, bill_depth_mm, flipper_length_mm, body_mass_g, sex, year",
                "steps[0].aggregates[3].alias: `island` occurs twice",
                "steps[0].aggregates[4].alias: the column needs a name",
                "steps[0].aggregates[6].alias: `sum_year` occurs twice",
                "steps[2].where: the expression must be true or false for a row, but is a whole number",
            ],
        ),
        (
            vec![group(&["speces"], vec![]), filter("speces = 'x'"), group(&["yeer"], vec![])],
            vec![
                "steps[0].group_by[0]: there is no column `speces`; did you mean `species`?",
                "steps[2].group_by[0]: there is no column `yeer`",
            ],
        ),
        (vec![filter("true"); 101], vec!["steps: at most 100 steps"]),
    ];
    for (steps, expected) in cases {
        assert_eq!(faults(preview(&engine, "penguins", &steps, 1).await), expected);
    }
    let segments = match preview(&engine, "penguins", &[select(&["x"])], 1).await {
        Err(Error::Invalid(faults)) => faults[0].at.segments().to_vec(),
        other => panic!("{other:?}"),
    };
    use Segment::{Index, Key};
    assert_eq!(segments, [Key("steps".into()), Index(0), Key("columns".into()), Index(0)]);
}

#[tokio::test]
async fn datasets_by_name() {
    let (_folder, engine) = engine().await;
    for name in ["", "../x", "X", "a/b"] {
        assert!(matches!(upload(&engine, name, "a\n1\n").await, Err(Error::InvalidName { .. })), "{name}");
        assert!(matches!(engine.get(name, None).await, Err(Error::NotFound { .. })), "{name}");
    }
    assert!(matches!(upload(&engine, "penguins", "a\n1\n").await, Err(Error::AlreadyExists { .. })));
    assert!(matches!(upload(&engine, "broken", "a,b\n1\n").await, Err(Error::File { line: Some(2), .. })));
    assert!(matches!(read(&engine, "broken", &Default::default()).await, Err(Error::NotFound { .. })));
    assert!(matches!(preview(&engine, "broken", &[], 1).await, Err(Error::NotFound { .. })));
    upload(&engine, "a", "a\n").await.unwrap();
    let names: Vec<_> = engine.list().await.unwrap().into_iter().map(|dataset| dataset.name).collect();
    assert_eq!(names, ["a", "penguins"]);
    let rows = read(&engine, "a", &page(&[], "a = 'x'", &["a"], 5, 0)).await.unwrap();
    assert_eq!((rows.total, rows.len()), (0, 0));
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
    assert_eq!(read(&engine, "many", &page(&[], "", &[], 1, 0)).await.unwrap().len(), 1);
}
