use std::io::{BufReader, Write};

use datafusion::arrow::array::{RecordBatch, RecordBatchReader};
use datafusion::arrow::compute::concat_batches;
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::*;
use crate::engine::schema::{Column, ColumnType};
use crate::engine::store::StagingFile;

fn load_with(bytes: &[u8], options: &LoadOptions) -> Result<(Table, RecordBatch)> {
    let staged = staged(bytes);
    let wanted = Wanted { types: &options.types, like: None };
    let table = load(&Source::new(&staged, u64::MAX)?, options, &wanted, LIMITS, || Ok(NamedTempFile::new()?))?;
    let reader = ParquetRecordBatchReaderBuilder::try_new(table.file.reopen().unwrap()).unwrap().build().unwrap();
    let schema = reader.schema();
    let batches: Vec<_> = reader.map(Result::unwrap).collect();
    Ok((table, concat_batches(&schema, &batches).unwrap()))
}

fn staged(bytes: &[u8]) -> StagingFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    StagingFile::new(file.into_temp_path())
}

const LIMITS: LoadLimits = LoadLimits { unpacked: u64::MAX, rows: 1_000_000 };

fn load_bytes(bytes: &[u8]) -> Result<(Table, RecordBatch)> {
    load_with(bytes, &LoadOptions::default())
}

fn types(table: &Table) -> Vec<String> {
    let name = |column: &Column| {
        let name = format!("{:?}", column.r#type).to_lowercase();
        if column.nullable { name + "?" } else { name }
    };
    table.columns.iter().map(name).collect()
}

fn column(batch: &RecordBatch, index: usize) -> Vec<String> {
    let options = FormatOptions::new().with_null("null");
    let values = ArrayFormatter::try_new(batch.column(index), &options).unwrap();
    (0..batch.num_rows()).map(|row| values.value(row).to_string()).collect()
}

#[test]
fn types_fit_every_value() {
    for (values, expected) in [
        ("1 -2 0 -0", "integer"),
        ("1 NA 3", "integer?"),
        ("9223372036854775807 -9223372036854775808", "integer"),
        ("9223372036854775808 1", "text"),
        ("1 9223372036854775808", "text"),
        ("1.5 9223372036854775808", "text"),
        ("007 8", "text"),
        ("00.5 8", "text"),
        ("+49 1", "text"),
        ("1 2.5", "float"),
        ("2.5 1", "float"),
        (".5 -.5 5. 1e3 1.5E-3 1.5e+3 0.1 -0.0", "float"),
        ("NaN 1 inf -inf", "float"),
        ("1.5e-3 -1e-10 12e-4", "float"),
        ("1e 1", "text"),
        ("- 1", "text"),
        (". 1", "text"),
        ("-. 1", "text"),
        ("1-2 1", "text"),
        ("1.2.3 1", "text"),
        ("0x10 1", "text"),
        ("infinity 1", "text"),
        ("true FALSE True", "boolean"),
        ("true NA", "boolean?"),
        ("true yes", "text"),
        ("true 1", "text"),
        ("2013-01-01 2024-02-29", "date"),
        ("2013-02-29 2013-01-01", "text"),
        ("2013-13-01", "text"),
        ("2013-1-1", "text"),
        ("2013-01-01 5", "text"),
        ("2013-01-01T05:00:00 2013-01-01", "timestamp"),
        ("2013-01-01 2013-01-01T05:00:00.123456", "timestamp"),
        ("2013-01-01T05:00:00Z 2013-01-01T05:00:00.5+01:00 2013-01-01T05:00:00-0500", "timestamp"),
        ("2013-01-01T05:00:00Z 2013-01-01T05:00:00", "text"),
        ("2013-01-01T05:00:00Z 2013-01-01", "text"),
        ("2013-01-01T05:00:00.1234567", "text"),
        ("2013-01-01T05:00:00.", "text"),
        ("2013-01-01T05:00:00x", "text"),
        ("2013-01-01T05:00:00+99:99", "text"),
        ("2013-01-01T25:00:00", "text"),
        ("2013-01-01T050000", "text"),
        ("2013-01-01é5:00:00", "text"),
        ("NA NA", "text?"),
        ("", "text"),
    ] {
        let rows: String = values.split(' ').filter(|value| !value.is_empty()).map(|v| format!("x,{v}\n")).collect();
        // The second reading must agree with the first: it fails otherwise.
        let (table, batch) =
            load_bytes(format!("a,b\n{rows}").as_bytes()).unwrap_or_else(|e| panic!("{values}: {e:?}"));
        assert_eq!(types(&table)[1], expected, "{values}");
        assert_eq!(batch.num_rows() as u64, table.rows);
    }
}

#[test]
fn values_are_those_of_the_file() {
    let text = "id,\"a \"\"b\"\"\",day, at \r\n1,\"x,\ny\",2013-01-01,2013-01-01T05:00:00+01:00\r\n\r\nNA,,NA,2013-01-01T05:00:00Z";
    let (table, batch) = load_bytes(text.as_bytes()).unwrap();
    let names: Vec<_> = table.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["id", "a \"b\"", "day", "at"]);
    assert_eq!(types(&table), ["integer?", "text?", "date?", "timestamp"]);
    assert_eq!(column(&batch, 0), ["1", "null"]);
    assert_eq!(column(&batch, 1), ["x,\ny", "null"]);
    assert_eq!(column(&batch, 2), ["2013-01-01", "null"]);
    assert_eq!(column(&batch, 3), ["2013-01-01T04:00:00Z", "2013-01-01T05:00:00Z"]);
}

#[test]
fn missing_values_are_what_the_options_say() {
    let nulls = vec!["-".into(), "n.a.".into()];
    let options = LoadOptions { nulls, delimiter: b';', ..LoadOptions::default() };
    let (table, batch) = load_with(b"a;b;c\n1;NA;-\nn.a.;;nxax\n", &options).unwrap();
    assert_eq!(types(&table), ["integer?", "text", "text?"]);
    assert_eq!(column(&batch, 1), ["NA", ""]);
    assert_eq!(column(&batch, 2), ["null", "nxax"]);
    let none = LoadOptions { nulls: Vec::new(), ..LoadOptions::default() };
    let (table, batch) = load_with(b"a,b\n1,\n2,NA\n", &none).unwrap();
    assert_eq!(types(&table), ["integer", "text"]);
    assert_eq!(column(&batch, 1), ["", "NA"]);
}

#[test]
fn forms_that_are_no_fault() {
    for (text, rows) in [
        ("a,b\n", 0),
        ("a,b", 0),
        ("\u{feff}a,b\n1,2\n", 1),
        ("\u{feff}\n\na,b\n1,2\n", 1),
        ("\n\na,b\n\n\n1,2\n\n", 1),
        ("a,b\r\n1,2\r\n", 1),
        ("a,b\r1,2\r", 1),
        ("a,b\n1,5\" pipe\n", 1),
        ("a,b\n1,\"x\"", 1),
        ("a,b\n1,\"x\"\"\"", 1),
        ("a,b\n1,\"x\"y\n", 1),
        ("a,b\n1,\0\n", 1),
    ] {
        let (table, batch) = load_bytes(text.as_bytes()).unwrap();
        assert_eq!((table.rows, batch.num_rows()), (rows, rows as usize), "{text:?}");
        assert_eq!(table.columns[0].name, "a", "{text:?}");
    }
}

#[test]
fn faults_are_located() {
    let twice = zstd::encode_all(&b"\x1f\x8b\x08\0"[..], 3).unwrap();
    let long_quote = format!("a,b\n1,\"{}", "x\n".repeat(MAX / 2));
    const MAX: usize = 17 << 20;
    let wide = "x,".repeat(5000);
    let cases: &[(&[u8], u64, Option<usize>, &str)] = &[
        (b"", 1, None, "the file is empty"),
        (b"\n\n", 1, None, "the file is empty"),
        (b"\xef\xbb\xbf", 1, None, "the file is empty"),
        (b"a,,c\n1,2,3\n", 1, Some(2), "the column has no name"),
        (b"a, ,c\n", 1, Some(2), "the column has no name"),
        (b"a,b,\n", 1, Some(3), "the column has no name"),
        (b",\n", 1, Some(1), "the column has no name"),
        (b"a,b,a\n", 1, Some(3), "`a` is the name of column 1 already"),
        (b"a,b, a\n", 1, Some(3), "`a` is the name of column 1 already"),
        (b"\n\na,b,a\n", 3, Some(3), "`a` is the name of column 1 already"),
        (b"a,b\n1,2\n3\n", 3, Some(2), "1 value where the header has 2"),
        (b"a,b\n1,2\n3,4,5\n", 3, Some(3), "3 values where the header has 2"),
        (b"a,b\r\n1,2\r\n3\r\n", 3, Some(2), "1 value where the header has 2"),
        (b"a,b\n\n\n1,2\n\n3\n", 6, Some(2), "1 value where the header has 2"),
        (b"a,b\n\"x\n\ny\",2\n3\n", 5, Some(2), "1 value where the header has 2"),
        (b"a,b\n1,2\n  \n", 3, Some(2), "1 value where the header has 2"),
        (b"a,b\n1,\xff\n", 2, Some(2), "the text is not UTF-8"),
        (b"a,b\n\xff,1\n", 2, Some(1), "the text is not UTF-8"),
        (b"a,b\n1,2\n\"x\ny\xe9\",\xff\n", 4, Some(1), "the text is not UTF-8"),
        (b"a,\xff\n", 1, Some(2), "the text is not UTF-8"),
        (b"a,b\n\xc3,\xa9\n", 2, Some(1), "the text is not UTF-8"),
        (b"a,b\n1,\"2\n3,4\n", 2, Some(2), "a quote is opened and never closed"),
        (b"a,b\n1,2\n\"3,4\n", 3, Some(1), "a quote is opened and never closed"),
        (b"a,b\n\"x\ny\",\"", 3, Some(2), "a quote is opened and never closed"),
        (b"\"a,b\n1,2\n", 1, Some(1), "a quote is opened and never closed"),
        (long_quote.as_bytes(), 2, Some(2), "the row has more than 16777216 bytes: is a quote never closed?"),
        (wide.as_bytes(), 1, None, "the row has more than 4096 values"),
        (b"\xff\xfea\0", 1, None, "the file is UTF-16: save it as UTF-8"),
        (&twice, 1, None, "the file is packed more than once"),
        (b"PK\x03\x04\x14", 1, None, "the file is a ZIP archive or a spreadsheet: save it as CSV"),
        (b"PAR1abc", 1, None, "the file is Parquet, not CSV"),
    ];
    for (bytes, line, column, message) in cases {
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned();
        match load_bytes(bytes) {
            Err(Error::File { line: l, column: c, message: m, .. }) => {
                let expected = (Some(*line), column.map(Segment::Index), *message);
                assert_eq!((l, c, m.as_str()), expected, "{start:?}");
            }
            other => panic!("{start:?}: {:?}", other.map(|(table, _)| table.columns)),
        }
    }
}

/// Lines without quotes are read another way than others, and as the same.
#[test]
fn lines_are_read_as_rows_with_quotes_are() {
    const VALUES: [&[&str]; 7] = [
        &["0", "7", "-1", "123456", "-123456", "1234567", "12345678", "-0", "9223372036854775807", "NA", ""],
        &["UA", "", "NA", "N14228", "seven77", "eight888", "é", "日本語", "a longer text", "-", "null"],
        &["2013-01-01", "2024-02-29", "NA"],
        &["2013-01-01T10:00:00Z", "2013-01-01T11:00:00Z", "2013-01-01T11:00:00.5+01:00", "NA"],
        &["0.5", "-1.25", "17", "1e3", "123456.789", "NA"],
        &["true", "FALSE", "NA"],
        &["1", "2", "-3"],
    ];
    let nulls = ["", "NA", "null", "seven77", "\"UA\""].map(String::from).to_vec();
    let mut seed = 1_u64;
    let mut any = |count: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % count
    };
    for (rows, end) in [(1, "\n"), (100, "\n"), (100, "\r\n"), (20_000, "\n"), (20_000, "\r\n")] {
        let (mut plain, mut quoted) = (format!("a;b;c;d;e;f;g{end}"), format!("a;b;c;d;e;f;g{end}"));
        for _ in 0..rows {
            let row = VALUES.map(|values| values[any(values.len())]);
            plain += &(row.join(";") + end);
            quoted += &(row.map(|value| format!("\"{value}\"")).join(";") + end);
        }
        let options = LoadOptions { nulls: nulls.clone(), delimiter: b';', ..LoadOptions::default() };
        let (table, found) = load_with(plain.as_bytes(), &options).unwrap();
        let (expected_table, expected) = load_with(quoted.as_bytes(), &options).unwrap();
        assert_eq!((found, table.columns), (expected, expected_table.columns), "{rows} rows");
    }
}

#[test]
fn a_row_may_be_split_over_reads() {
    let long = "y".repeat(300_000);
    let text = format!("a,b\n{}\"{long}\",1.5\nz,NA\n", "x,1\n".repeat(100_000));
    let staged = staged(text.as_bytes());
    let options = LoadOptions::default();
    let wanted = Wanted { types: &options.types, like: None };
    let table = load(&Source::new(&staged, u64::MAX).unwrap(), &options, &wanted, LIMITS, || Ok(NamedTempFile::new()?))
        .unwrap();
    assert_eq!((table.rows, types(&table)), (100_002, vec!["text".to_owned(), "float?".to_owned()]));
    for size in 1..8 {
        let text = "a,b\r\n\r\n1,\"x\r\ny\"\r\n\r\n2,é\r\n3\r\n";
        let input = BufReader::with_capacity(size, text.as_bytes());
        let mut records = Records::new(input, b',').unwrap();
        let mut lines = Vec::new();
        while let Some(record) = records.next().unwrap() {
            lines.push((record.line, record.len()));
        }
        assert_eq!(lines, [(1, 2), (3, 2), (6, 2), (7, 1)], "reads of {size} bytes");
    }
}

#[test]
fn types_can_be_said() {
    let types = |text: &str| {
        let pairs = text.split(' ').filter_map(|pair| pair.split_once(':'));
        let kind = |name| versify::serde_json::from_value::<ColumnType>(name).unwrap();
        pairs.map(|(column, name)| (column.to_owned(), kind(versify::json!(name)))).collect()
    };
    let load = |text: &str, said: &str| {
        load_with(text.as_bytes(), &LoadOptions { types: types(said), ..LoadOptions::default() })
    };
    let (table, batch) = load("a,b,c\n007,1,NA\n8,2,x\n", "a:integer b:text").unwrap();
    assert_eq!(self::types(&table), ["integer", "text", "text?"]);
    assert_eq!(column(&batch, 0), ["7", "8"]);
    for (text, said, expected) in [
        ("a\n1\n2.5\n", "a:integer", "line 3, column 1: `2.5` is not a whole number"),
        ("a,b\n1,x\n", "b:float", "line 2, column 2: `x` is not a number"),
        ("a\n2013-02-29\n", "a:date", "line 2, column 1: `2013-02-29` is not a date"),
        ("a\n2013-01-01T05:00:00Z\n2013-01-01\n", "a:timestamp", "line 3, column 1: `2013-01-01` is not a timestamp"),
        ("a\nyes\n", "a:boolean", "line 2, column 1: `yes` is not true or false"),
        ("a\n1\n", "b:text", "types.b: there is no column `b`; did you mean `a`?"),
        ("a\n1\n", "a:other", "types.a: a column cannot be made `other`"),
    ] {
        assert_eq!(load(text, said).map(|_| ()).unwrap_err().to_string(), expected, "{text}");
    }
}

#[test]
fn a_file_may_have_no_header() {
    let options = LoadOptions { header: false, ..LoadOptions::default() };
    let (table, batch) = load_with(b"1,x\n2,y\n", &options).unwrap();
    let names: Vec<_> = table.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!((table.rows, names), (2, vec!["column_1", "column_2"]));
    assert_eq!(column(&batch, 0), ["1", "2"]);
}

/// What comes after the rows by which the others are guessed counts as much as they do.
#[test]
fn late_values_change_types() {
    for (early, late, expected) in [
        ("1", "2", "integer"),
        ("1", "2.5", "float"),
        ("1", "007", "text"),
        ("1", "x", "text"),
        ("1", "NA", "integer?"),
        ("NA", "1", "integer?"),
        ("NA", "NA", "text?"),
        ("1.5", "2", "float"),
        ("2013-01-01", "2013-01-01T05:00:00", "timestamp"),
        ("2013-01-01T05:00:00Z", "2013-01-01T05:00:00Z", "timestamp"),
        ("2013-01-01T05:00:00Z", "2013-01-01T05:00:00", "text"),
        ("x", "1", "text"),
    ] {
        let first = usize::try_from(FIRST).unwrap();
        let text = format!("a,b\n{}{late},z\n{early},z\n", format!("{early},z\n").repeat(first));
        let (table, batch) = load_bytes(text.as_bytes()).unwrap();
        assert_eq!(types(&table).first().map(String::as_str), Some(expected), "{early} {late}");
        assert_eq!((table.rows, batch.num_rows()), (FIRST + 2, first + 2), "{early} {late}");
        if expected.starts_with("text") && late != "NA" {
            assert_eq!(column(&batch, 0)[first], late);
        }
        for wrong in [late.to_owned(), format!("{late},z,z")] {
            let text = format!("{text}{wrong}\n{early},z\n");
            let Err(Error::File { line, .. }) = load_bytes(text.as_bytes()) else { panic!("{early} {wrong}") };
            assert_eq!(line, Some(FIRST + 4), "{early} {wrong}");
        }
    }
}
