use std::time::Instant;
use versify_demo::engine::*;
#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    let engine = Engine::new(
        Store::open(folder.path()).await.unwrap(),
        EngineOptions::default(),
    )
    .unwrap();
    for name in ["flights", "weather", "planes", "airports", "airlines"] {
        let staged = engine.staging_file().unwrap();
        let from = if name == "flights" {
            "/tmp/flights.csv".to_string()
        } else {
            format!("/work/shared/data/{name}.csv")
        };
        std::fs::copy(from, staged.path()).unwrap();
        let t = Instant::now();
        let d = engine
            .create(name, staged, CsvOptions::default())
            .await
            .unwrap();
        println!(
            "{name}: load {:?} rows {} bytes {}",
            t.elapsed(),
            d.rows,
            d.bytes
        );
        println!(
            "  {}",
            d.columns
                .iter()
                .map(|c| format!(
                    "{}:{:?}{}",
                    c.name,
                    c.data_type,
                    if c.nullable { "?" } else { "" }
                ))
                .collect::<Vec<_>>()
                .join(" ")
        );
    }
    let steps = [Step::Aggregate {
        group_by: vec!["carrier".into()],
        aggregates: vec![
            Aggregate {
                column: Some("dep_delay".into()),
                function: AggregateFunction::Mean,
                alias: None,
            },
            Aggregate {
                column: Some("dep_delay".into()),
                function: AggregateFunction::Median,
                alias: None,
            },
            Aggregate {
                column: Some("dep_delay".into()),
                function: AggregateFunction::Std,
                alias: None,
            },
            Aggregate {
                column: Some("tailnum".into()),
                function: AggregateFunction::CountDistinct,
                alias: None,
            },
            Aggregate {
                column: Some("air_time".into()),
                function: AggregateFunction::Sum,
                alias: None,
            },
            Aggregate {
                column: None,
                function: AggregateFunction::Count,
                alias: None,
            },
        ],
    }];
    let t = Instant::now();
    let rows = engine.preview("flights", &steps, 100).await.unwrap();
    println!("aggregate {:?}", t.elapsed());
    std::fs::write(
        "/tmp/agg.json",
        serde_json::to_string(&rows.records()).unwrap(),
    )
    .unwrap();
    for (what, q) in [
        (
            "first 1000",
            Query {
                limit: 1000,
                ..Query::default()
            },
        ),
        (
            "1000 at 300000",
            Query {
                limit: 1000,
                offset: 300_000,
                ..Query::default()
            },
        ),
        (
            "where",
            Query {
                limit: 1000,
                r#where: Some("dep_delay > 60 AND carrier = 'UA'".into()),
                ..Query::default()
            },
        ),
        (
            "order_by",
            Query {
                limit: 1000,
                order_by: vec!["-dep_delay".into()],
                ..Query::default()
            },
        ),
    ] {
        let t = Instant::now();
        let rows = engine.rows("flights", &q).await.unwrap();
        let read = t.elapsed();
        let text = serde_json::to_string(&rows).unwrap();
        println!(
            "{what}: read {read:?} json {:?} ({} bytes, total {}) {}",
            t.elapsed() - read,
            text.len(),
            rows.total,
            text.split_once("\"rows\":")
                .map(|x| x.1.chars().take(330).collect::<String>())
                .unwrap()
        );
    }
    println!(
        "{}",
        std::fs::read_to_string("/proc/self/status")
            .unwrap()
            .lines()
            .find(|l| l.starts_with("VmHWM"))
            .unwrap()
    );
}
