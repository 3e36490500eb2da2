//! Rows by their place, straight from the Parquet files.

use std::sync::Arc;

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::parquet::arrow::ProjectionMask;
use datafusion::parquet::arrow::async_reader::ParquetRecordBatchStreamBuilder;
use futures_util::TryStreamExt;
use futures_util::stream::{self, BoxStream, StreamExt};

use super::context::{Context, Opened};
use super::error::{Error, Result};
use super::fault::{Fault, FaultKind, Location};
use super::query::Window;
use super::schema::Unknown;

/// Rows of a batch.
const BATCH: usize = 8192;

/// Some columns of a version, to be read from any row on.
pub(super) struct Pages {
    context: Arc<Context>,
    opened: Opened,
    /// The columns, in the order that they are wanted.
    pub(super) schema: SchemaRef,
}

impl Pages {
    /// Chooses columns; all if none are named.
    pub(super) fn new(context: Arc<Context>, opened: Opened, select: &[String]) -> Result<Self> {
        let schema = if select.is_empty() {
            Arc::clone(&opened.schema)
        } else {
            let names: Vec<String> = opened.schema.fields().iter().map(|field| field.name().clone()).collect();
            let (mut chosen, mut faults) = (Vec::new(), Vec::new());
            for (index, name) in select.iter().enumerate() {
                let at = Location::of("select").index(index);
                if select.iter().take(index).any(|earlier| earlier == name) {
                    faults.push(Fault { at, kind: FaultKind::Duplicate { name: name.clone() } });
                } else {
                    match names.iter().position(|own| own == name) {
                        Some(place) => chosen.push(place),
                        None => faults.push(Fault { at, kind: Unknown::new(name, names.clone()).into() }),
                    }
                }
            }
            if !faults.is_empty() {
                return Err(Error::Invalid(faults));
            }
            Arc::new(opened.schema.project(&chosen)?)
        };
        Ok(Self { context, opened, schema })
    }

    /// Rows, in the order of the table.
    pub(super) fn read(self, window: &Window) -> BoxStream<'static, Result<RecordBatch>> {
        let Self { context, opened, schema } = self;
        if let Some(batches) = &opened.batches {
            return slices(batches, &schema, window);
        }
        let mut skip = window.offset;
        let mut left = window.limit.unwrap_or(u64::MAX);
        let mut pieces = Vec::new();
        for (index, part) in opened.parts.iter().enumerate() {
            let rows = part.part.rows;
            let skipped = skip.min(rows);
            let taken = left.min(rows - skipped);
            skip -= skipped;
            left -= taken;
            if taken > 0 {
                pieces.push((index, skipped, taken));
            }
        }
        let read = move |(index, offset, limit)| {
            let (context, opened, schema) = (Arc::clone(&context), opened.clone(), Arc::clone(&schema));
            async move { read_part(&context, &opened, schema, index, offset, limit) }
        };
        stream::iter(pieces).then(read).try_flatten().boxed()
    }
}

/// Rows that are in memory.
fn slices(batches: &[RecordBatch], schema: &SchemaRef, window: &Window) -> BoxStream<'static, Result<RecordBatch>> {
    let mut skip = window.offset;
    let mut left = window.limit.unwrap_or(u64::MAX);
    let mut slices = Vec::new();
    for batch in batches {
        let rows = batch.num_rows() as u64;
        let skipped = skip.min(rows);
        let taken = left.min(rows - skipped);
        skip -= skipped;
        left -= taken;
        if taken > 0 {
            // Both are at most the rows of a batch.
            slices.push(batch.slice(skipped as usize, taken as usize));
        }
        if left == 0 {
            break;
        }
    }
    let schema = Arc::clone(schema);
    let choose = move |batch: RecordBatch| -> Result<RecordBatch> {
        let places = schema.fields().iter().map(|field| batch.schema_ref().index_of(field.name()));
        Ok(batch.project(&places.collect::<Result<Vec<_>, _>>()?)?)
    };
    stream::iter(slices).map(choose).boxed()
}

fn read_part(
    context: &Context,
    opened: &Opened,
    schema: SchemaRef,
    index: usize,
    offset: u64,
    limit: u64,
) -> Result<BoxStream<'static, Result<RecordBatch>>> {
    let part = opened.parts.get(index).ok_or_else(|| Error::storage("a part is missing"))?;
    let found = part.metadata.schema();
    let places = schema.fields().iter().map(|field| found.index_of(field.name()));
    let places = places.collect::<Result<Vec<_>, _>>()?;
    let mask = ProjectionMask::roots(part.metadata.parquet_schema(), places.iter().copied());
    let mut sorted = places.clone();
    sorted.sort_unstable();
    // As the file has the columns, so they are read.
    let order: Vec<usize> = places.iter().filter_map(|place| sorted.iter().position(|other| other == place)).collect();
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let stream = ParquetRecordBatchStreamBuilder::new_with_metadata(context.reader(&part.part), part.metadata.clone())
        .with_projection(mask)
        .with_batch_size(BATCH.min(limit))
        .with_offset(usize::try_from(offset).unwrap_or(usize::MAX))
        .with_limit(limit)
        .build()?;
    let arrange = move |batch: RecordBatch| {
        let columns = order.iter().filter_map(|place| batch.columns().get(*place)).cloned().collect();
        Ok(RecordBatch::try_new(Arc::clone(&schema), columns)?)
    };
    Ok(stream.map_err(Error::from).and_then(move |batch| std::future::ready(arrange(batch))).boxed())
}
