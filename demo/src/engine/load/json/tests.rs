use std::collections::BTreeMap;
use std::io::Write;

use datafusion::arrow::datatypes::DataType;
use datafusion::arrow::util::pretty::pretty_format_batches;
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::*;
use crate::engine::schema::ColumnType;
use crate::engine::store::StagingFile;

fn load_with(text: &str, form: Form, types: &[(&str, ColumnType)]) -> Result<(Vec<DataType>, String)> {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    let staged = StagingFile::new(file.into_temp_path());
    let types: BTreeMap<_, _> = types.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
    let limits = LoadLimits { unpacked: u64::MAX, rows: 100_000 };
    let wanted = Wanted { types: &types, like: None };
    let table = load(&Source::new(&staged, u64::MAX)?, form, &wanted, limits, NamedTempFile::new().unwrap())?;
    let reader = ParquetRecordBatchReaderBuilder::try_new(table.file.reopen().unwrap()).unwrap().build().unwrap();
    let batches: Vec<_> = reader.map(|batch| batch.unwrap()).collect();
    let types = batches[0].schema().fields().iter().map(|field| field.data_type().clone()).collect();
    Ok((types, pretty_format_batches(&batches).unwrap().to_string()))
}

fn both(rows: &[&str]) -> [(String, Form); 2] {
    [(rows.join("\n"), Form::Lines), (format!("[{}]", rows.join(", ")), Form::Array)]
}

#[test]
fn types_fit_every_value() {
    use ColumnType as C;
    for (values, expected) in [
        (&["1", "-2"][..], DataType::Int64),
        (&["1", "2.5"], DataType::Float64),
        (&["1e3"], DataType::Float64),
        (&["true", "null"], DataType::Boolean),
        (&["true", "1"], DataType::Utf8),
        (&["1", "\"x\""], DataType::Utf8),
        (&["18446744073709551615", "1"], DataType::Utf8),
        (&["\"2013-01-01\""], DataType::Date32),
        (&["\"2013-01-01\"", "\"2013-01-01T05:00:00\""], C::moment(false)),
        (&["\"2013-01-01T05:00:00Z\""], C::moment(true)),
        (&["\"5\""], DataType::Utf8),
        (&["[1, {\"b\": null}]", "{}"], DataType::Utf8),
        (&["null"], DataType::Utf8),
    ] {
        let rows: Vec<String> = values.iter().map(|value| format!("{{\"a\": {value}}}")).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        for (text, form) in both(&rows) {
            assert_eq!(load_with(&text, form, &[]).unwrap().0, std::slice::from_ref(&expected), "{text}");
        }
    }
}

#[test]
fn rows_need_not_have_all_columns_or_one_order() {
    let rows = [r#"{"a": 1, "b": "x"}"#, r#"{"b": "y"}"#, r#"{"c": [1, "z"], "a": 3, "b": null}"#];
    let expected = "\
+---+---+---------+
| a | b | c       |
+---+---+---------+
| 1 | x |         |
|   | y |         |
| 3 |   | [1,\"z\"] |
+---+---+---------+";
    for (text, form) in both(&rows) {
        assert_eq!(load_with(&text, form, &[]).unwrap().1, expected);
    }
}

#[test]
fn types_can_be_said() {
    let rows = [r#"{"a": "7", "b": 7, "c": 7}"#, r#"{"a": 8, "b": null, "c": "8.5"}"#];
    let types = [("a", ColumnType::Integer), ("b", ColumnType::Text), ("c", ColumnType::Float)];
    for (text, form) in both(&rows) {
        let (found, _) = load_with(&text, form, &types).unwrap();
        assert_eq!(found, [DataType::Int64, DataType::Utf8, DataType::Float64]);
    }
    let wrong = load_with("{\"a\":1}\n\n{\"a\":2.5}", Form::Lines, &types[..1]).unwrap_err().to_string();
    assert_eq!(wrong, "line 3, column `a`: `2.5` is not a whole number");
}

#[test]
fn a_row_has_its_bounds() {
    let long = format!("[{{\"a\": \"{}\"}}]", "x".repeat(2 << 20));
    let error = load_with(&long, Form::Array, &[]).unwrap_err().to_string();
    assert!(error.contains("more than 1048576 bytes"), "{error}");
    // Many rows together may have more.
    let many = format!("[{}{{\"a\": 1}}]", format!("{{\"a\": \"{}\"}},", "x".repeat(1 << 18)).repeat(8));
    assert!(load_with(&many, Form::Array, &[]).is_ok());
}
