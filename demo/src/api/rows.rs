//! Reading rows.

use versify::{Accept, ByteStream, ETag, Either, IfNoneMatch, ResponseHead, Tagged, prelude::*};

use super::error::{ApiError, Result};
use super::form::{Form, Rows, streams};
use crate::engine::{Engine, Query, Window};

/// The most rows of a page of JSON.
const LARGEST_PAGE: u64 = 10_000;

/// Rows of a dataset, of which columns and in which order the query says.
///
/// Rows come in the order of the file that they were loaded from, or in `order_by`'s. As JSON they come in pages: ask for
/// the next one with the `cursor` that `next` gives; pages neither overlap nor leave a row out, even if rows are added
/// meanwhile. In the other forms all rows come in one answer, unless `limit` says otherwise.
///
/// The form is chosen by `Accept`, or by `format`. Send the `ETag` back as `If-None-Match`, and rows that you have are not
/// sent again.
#[get("/datasets/{name}/rows", tags = ["rows"], responses(..streams()))]
#[expect(clippy::too_many_arguments, reason = "a request may say all of this")]
pub(super) async fn read_rows(
    name: String,
    /// Which version; the newest by default.
    #[query(ge = 1)]
    version: Option<u64>,
    #[query(default, description = "The columns, in this order; all if there are none.")] select: Vec<String>,
    #[query(
        max_length = 10_000,
        description = "A condition, in SQL.",
        examples = ["bill_length_mm > 40 AND species <> 'Adelie'"]
    )]
    r#where: Option<String>,
    #[query(default, description = "Columns to sort by; with a leading `-`, from high to low.")] order_by: Vec<String>,
    /// How many rows at most. As JSON, 100 by default and never more than 10,000.
    #[query(le = 1_000_000_000)]
    limit: Option<u64>,
    #[query(default = 0, description = "How many rows to leave out first.")] offset: u64,
    /// As JSON: where the page begins, as `next` of the page before it says.
    #[query(max_length = 100)]
    cursor: Option<String>,
    /// The form of the answer; by default what `Accept` asks for.
    #[query]
    format: Option<Form>,
    accept: Accept,
    known: IfNoneMatch,
    head: ResponseHead,
    engine: State<Engine>,
) -> Result<Tagged<Rows>> {
    let form = format.map_or_else(|| Form::choose(&accept), Ok)?;
    let query = Query { select, r#where, order_by };
    let identity = engine.identity(&name, version).await?;
    let etag = ETag::of_bytes(format!("{identity} {form:?} {query:?} {limit:?} {offset} {cursor:?}").as_bytes());
    head.header("vary", "accept");
    head.header("cache-control", "no-cache");
    if known.has(&etag) {
        return Ok(Tagged::not_modified(etag));
    }
    let within = ApiError::within("query");
    let Some(export) = form.export() else {
        if limit.is_some_and(|limit| limit > LARGEST_PAGE) {
            return Err(ApiError::query("limit", "Input should be less than or equal to 10000", limit));
        }
        let window = Window { limit: Some(limit.unwrap_or(100)), offset };
        let page = engine.rows(&name, version, &query, &window, cursor.as_deref()).await.map_err(within)?;
        return Ok(Tagged::new(etag, Either::Left(page)));
    };
    if cursor.is_some() {
        return Err(ApiError::query("cursor", "only JSON comes in pages", cursor));
    }
    let rows = engine.export(&name, version, &query, &Window { limit, offset }).await.map_err(&within)?;
    let bytes = ByteStream::new(rows.bytes(export).await.map_err(within)?);
    Ok(Tagged::new(etag, Either::Right(bytes.media_type(form.media_type()))))
}
