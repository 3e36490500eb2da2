mod conditions;
mod rows;
mod steps;

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
    engine.create(name.parse().unwrap(), staged, LoadOptions::default(), None).await
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
    serde_json::to_value(&rows.rows).unwrap()
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
