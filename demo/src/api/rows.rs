//! Reading rows.

use versify::{Json, prelude::*};

use super::error::{ApiError, Result};
use crate::engine::{Engine, Query, Rows};

/// Rows of a dataset, of which columns and in which order the query says.
///
/// Rows come in the order of the file that they were loaded from, or in `order_by`'s; pages neither overlap nor leave a
/// row out.
#[get("/datasets/{name}/rows", tags = ["rows"])]
pub(super) async fn read_rows(
    name: String,
    #[query(default, description = "The columns, in this order; all if there are none.")] select: Vec<String>,
    #[query(
        max_length = 10_000,
        description = "A condition, in SQL.",
        examples = ["bill_length_mm > 40 AND species <> 'Adelie'"]
    )]
    r#where: Option<String>,
    #[query(default, description = "Columns to sort by; with a leading `-`, from high to low.")] order_by: Vec<String>,
    #[query(default = 100, le = 10_000, description = "How many rows at most.")] limit: u64,
    #[query(default = 0, description = "How many rows to leave out first.")] offset: u64,
    engine: State<Engine>,
) -> Result<Json<Rows>> {
    let query = Query { select, r#where, order_by, limit, offset };
    engine.rows(&name, &query).await.map(Json).map_err(ApiError::within("query"))
}
