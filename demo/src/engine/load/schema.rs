//! What columns a table is to have.

use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};

use super::fault;
use super::inference::Inference;
use crate::engine::error::{Error, Result};
use crate::engine::fault::{Fault, FaultKind, Location};
use crate::engine::schema::{ColumnType, Unknown};

/// What is asked of the columns.
pub(super) struct Wanted<'a> {
    /// Types that were named.
    pub(super) types: &'a BTreeMap<String, ColumnType>,
    /// The columns of the table that these rows are added to.
    pub(super) like: Option<&'a Schema>,
}

impl Wanted<'_> {
    /// The type that a column is to have, whatever its values look like.
    pub(super) fn of(&self, name: &str) -> Option<ColumnType> {
        let like = self.like.and_then(|like| like.field_with_name(name).ok());
        like.map(|field| ColumnType::from(field.data_type())).or_else(|| self.types.get(name).copied())
    }

    /// Whether a column with a zone can be only so, where rows are added to a table.
    pub(super) fn zoned(&self, name: &str) -> Option<bool> {
        let like = self.like?.field_with_name(name).ok()?;
        Some(matches!(like.data_type(), DataType::Timestamp(_, Some(_))))
    }

    /// Refuses types of columns that there are not, and columns other than those that there are to be.
    pub(super) fn check(&self, names: &[String], line: u64) -> Result<()> {
        let at = Location::of("types");
        let unknown = self.types.keys().filter(|name| !names.contains(name));
        let faults: Vec<_> = unknown
            .map(|name| Fault { at: at.name(name), kind: Unknown::new(name, names.to_vec()).into() })
            .chain(self.types.iter().filter(|(_, target)| **target == ColumnType::Other).map(|(name, _)| Fault {
                at: at.name(name),
                kind: FaultKind::Value("a column cannot be made `other`"),
            }))
            .collect();
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let Some(like) = self.like else { return Ok(()) };
        let surplus = names.iter().enumerate().find(|(_, name)| like.field_with_name(name).is_err());
        if let Some((index, name)) = surplus {
            let unknown = Unknown::new(name, like.fields().iter().map(|field| field.name().clone()).collect());
            return Err(fault(line, Some(index + 1), unknown.to_string()));
        }
        match like.fields().iter().find(|field| !names.contains(field.name())) {
            Some(field) => Err(fault(line, None, format!("the column `{}` is not there", field.name().escape_debug()))),
            None => Ok(()),
        }
    }

    /// Where each column of the table is among those that were found.
    pub(super) fn order(&self, names: &[String]) -> Vec<usize> {
        match self.like {
            Some(like) => {
                let fields = like.fields().iter();
                fields.filter_map(|field| names.iter().position(|name| name == field.name())).collect()
            }
            None => (0..names.len()).collect(),
        }
    }

    /// The schema of the table, and where each of its columns is among those that were found.
    pub(super) fn schema(&self, names: &[String], columns: &[Inference]) -> Result<(SchemaRef, Vec<usize>)> {
        let found: Vec<_> = names.iter().zip(columns).collect();
        let order = self.order(names);
        let fields = order.iter().filter_map(|index| found.get(*index)).map(|(name, column)| {
            let data_type = match self.of(name) {
                Some(ColumnType::Timestamp) => {
                    let zoned = self.zoned(name).unwrap_or_else(|| column.is_zoned());
                    ColumnType::moment(zoned)
                }
                Some(wanted) => wanted.data_type().unwrap_or(DataType::Utf8),
                None => column.data_type(),
            };
            Field::new(*name, data_type, column.nullable())
        });
        Ok((Arc::new(Schema::new(fields.collect::<Vec<_>>())), order))
    }
}

/// A column's name without the space around it. All names must differ, and none may be empty.
pub(super) fn add_name(names: &mut Vec<String>, name: &str, line: u64) -> Result<()> {
    let name = name.trim();
    let refuse = |message: String| Err(fault(line, Some(names.len() + 1), message));
    if name.is_empty() {
        return refuse("the column has no name".into());
    }
    if let Some(first) = names.iter().position(|other| other == name) {
        return refuse(format!("`{}` is the name of column {} already", name.escape_debug(), first + 1));
    }
    names.push(name.into());
    Ok(())
}
