//! The columns of a table.

use std::fmt;

use datafusion::arrow::array::types::Date32Type;
use datafusion::arrow::compute::kernels::cast_utils::{Parser, string_to_datetime};
use datafusion::arrow::datatypes::{DataType, Field, TimeUnit};
use datafusion::common::utils::datafusion_strsim::levenshtein;
use versify::model;

/// A column of a table.
#[model]
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name, unique in the table; upper and lower case differ.
    pub name: String,
    /// What its values are.
    pub r#type: ColumnType,
    /// Whether values may be missing.
    pub nullable: bool,
}

impl From<&Field> for Column {
    fn from(field: &Field) -> Self {
        Self { name: field.name().clone(), r#type: field.data_type().into(), nullable: field.is_nullable() }
    }
}

/// What the values of a column are.
#[model(rename_all = "lowercase")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// `true` or `false`.
    Boolean,
    /// Whole numbers.
    Integer,
    /// Numbers with a fraction.
    Float,
    /// Text.
    Text,
    /// Days.
    Date,
    /// Moments.
    Timestamp,
    /// Something else, written as text.
    Other,
}

impl ColumnType {
    pub(super) fn is_numeric(self) -> bool {
        matches!(self, Self::Integer | Self::Float)
    }

    /// How columns hold such values; `None` for [`Other`](Self::Other). Timestamps are without a zone.
    pub(super) fn data_type(self) -> Option<DataType> {
        Some(match self {
            Self::Boolean => DataType::Boolean,
            Self::Integer => DataType::Int64,
            Self::Float => DataType::Float64,
            Self::Text => DataType::Utf8,
            Self::Date => DataType::Date32,
            Self::Timestamp => Self::moment(false),
            Self::Other => return None,
        })
    }

    /// How columns hold timestamps, in UTC or in no zone.
    pub(super) fn moment(zoned: bool) -> DataType {
        DataType::Timestamp(TimeUnit::Microsecond, zoned.then(|| "UTC".into()))
    }

    /// Whether a text can be read as such a value.
    pub(super) fn reads(self, text: &str) -> bool {
        match self {
            Self::Boolean => text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false"),
            Self::Integer => text.parse::<i64>().is_ok(),
            Self::Float => text.parse::<f64>().is_ok(),
            Self::Text => true,
            Self::Date => Date32Type::parse(text).is_some(),
            Self::Timestamp => string_to_datetime(&chrono::Utc, text).is_ok(),
            Self::Other => false,
        }
    }

    pub(super) fn cannot(self) -> &'static str {
        match self {
            Self::Boolean => "it cannot be made true or false",
            Self::Integer => "it cannot be made a whole number",
            Self::Float => "it cannot be made a number",
            Self::Text => "it cannot be made text",
            Self::Date => "it cannot be made a date",
            Self::Timestamp => "it cannot be made a timestamp",
            Self::Other => "it cannot be made that",
        }
    }

    pub(super) fn phrase(self) -> &'static str {
        match self {
            Self::Boolean => "true or false",
            Self::Integer => "a whole number",
            Self::Float => "a number",
            Self::Text => "text",
            Self::Date => "a date",
            Self::Timestamp => "a timestamp",
            Self::Other => "of another type",
        }
    }
}

impl From<&DataType> for ColumnType {
    fn from(data_type: &DataType) -> Self {
        match data_type {
            DataType::Boolean => Self::Boolean,
            data_type if data_type.is_integer() => Self::Integer,
            DataType::Float16 | DataType::Float32 | DataType::Float64 => Self::Float,
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Self::Text,
            DataType::Date32 | DataType::Date64 => Self::Date,
            DataType::Timestamp(..) => Self::Timestamp,
            _ => Self::Other,
        }
    }
}

/// A name that no column has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The name.
    pub name: String,
    /// The columns that there are.
    pub available: Vec<String>,
    /// The column that was probably meant.
    pub did_you_mean: Option<String>,
    /// Whether the name stood in double quotes, which an author of other languages takes for text.
    pub quoted: bool,
}

impl Unknown {
    pub(super) fn new(name: &str, available: Vec<String>) -> Self {
        let did_you_mean = closest(name, available.iter().map(String::as_str)).map(Into::into);
        Self { name: name.into(), available, did_you_mean, quoted: false }
    }
}

impl std::error::Error for Unknown {}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no column `{}`", self.name.escape_debug())?;
        if let Some(column) = &self.did_you_mean {
            write!(f, "; did you mean `{column}`?")
        } else if self.quoted {
            write!(f, "; text is written in single quotes")
        } else if self.available.is_empty() || self.available.len() > 20 {
            Ok(())
        } else {
            write!(f, "; the columns are {}", self.available.join(", "))
        }
    }
}

/// The name most like the one given, if any is much like it.
pub(super) fn closest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let lower = name.to_lowercase();
    let most = (name.chars().count() / 3).max(1);
    candidates
        .map(|candidate| (levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_name() {
        let names = ["species", "bill_length_mm", "bill_depth_mm", "sex", "year"];
        for (name, expected) in [
            ("Species", Some("species")),
            ("specie", Some("species")),
            ("bill_lenght_mm", Some("bill_length_mm")),
            ("yaer", None),
            ("yea", Some("year")),
            ("mass", None),
            ("", None),
        ] {
            assert_eq!(closest(name, names.into_iter()), expected, "{name}");
        }
    }
}
