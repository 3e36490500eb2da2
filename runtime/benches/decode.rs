//! Reading JSON: `Decode` beside serde's typed derive, from the same text.
//!
//! `cargo bench -p versify --bench decode`. What counts is the ratio of the two in one run.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use versify::{decode, prelude::*};

/// What a user of versify writes: constraints are checked, every fault is located.
#[model]
#[derive(Debug, PartialEq)]
pub struct Row {
    #[field(ge = 1)]
    id: i64,
    #[field(min_length = 1, max_length = 32)]
    sku: String,
    #[field(min_length = 1, max_length = 100)]
    name: String,
    category: String,
    #[field(gt = 0)]
    price: f64,
    score: f64,
    #[field(ge = 0)]
    qty: i32,
    active: bool,
}

#[model]
pub struct Item {
    #[field(min_length = 1, max_length = 50)]
    name: String,
    #[field(gt = 0)]
    price: f64,
    tags: Vec<String>,
    description: Option<String>,
}

/// What serde's users write: no constraint is checked, the first fault ends it.
mod typed {
    #[derive(serde::Deserialize)]
    #[allow(dead_code)]
    pub(crate) struct Row {
        pub id: i64,
        pub sku: String,
        pub name: String,
        pub category: String,
        pub price: f64,
        pub score: f64,
        pub qty: i32,
        pub active: bool,
    }

    #[derive(serde::Deserialize)]
    #[allow(dead_code)]
    pub(crate) struct Item {
        pub name: String,
        pub price: f64,
        pub tags: Vec<String>,
        pub description: Option<String>,
    }
}

const CATEGORIES: [&str; 8] = ["garden", "kitchen", "books", "music", "tools", "toys", "grocery", "outdoors"];

fn rows() -> String {
    let rows: Vec<Row> = (1..=1000_i32)
        .map(|i| Row {
            id: i.into(),
            sku: format!("SKU-{i:06}"),
            name: format!("Product number {i}"),
            category: CATEGORIES[i as usize % 8].to_owned(),
            price: f64::from((i * 37) % 10_000 + 1) / 100.0,
            score: f64::from(i).sqrt(),
            qty: (i * 13) % 100,
            active: i % 3 == 0,
        })
        .collect();
    serde_json::to_string(&rows).unwrap()
}

const ITEM: &str = r#"{"name":"Portal Gun","price":42.5,"tags":["sci-fi","gun"],"description":"It makes portals."}"#;

fn versify_read<T: decode::Decode + 'static>(text: &str) -> T {
    decode::from_json(text).ok().unwrap()
}

fn bench(criterion: &mut Criterion) {
    let text = rows();
    let mut group = criterion.benchmark_group("rows");
    group.bench_function("serde", |b| b.iter(|| serde_json::from_str::<Vec<typed::Row>>(black_box(&text)).unwrap()));
    group.bench_function("versify", |b| b.iter(|| versify_read::<Vec<Row>>(black_box(&text))));
    group.finish();
    let mut group = criterion.benchmark_group("item");
    group.bench_function("serde", |b| b.iter(|| serde_json::from_str::<typed::Item>(black_box(ITEM)).unwrap()));
    group.bench_function("versify", |b| b.iter(|| versify_read::<Item>(black_box(ITEM))));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
