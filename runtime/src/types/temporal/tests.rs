//! What Pydantic 2.14.3 answers.

use super::{Date, DateTime, Time, TimeDelta};
use crate::decode::{Context, Decode, Mode};

/// The value as it is written, or the fault's message.
fn read<T: Decode + ToString>(json: &str) -> String {
    let mut cx = Context::new(Mode::Json);
    match T::decode(&mut serde_json::Deserializer::from_str(json), &mut cx).unwrap() {
        Some(value) => value.to_string(),
        None => cx.into_issues().iter().map(|issue| issue.message().to_owned()).collect(),
    }
}

#[test]
fn date_times() {
    for (json, expected) in [
        (r#""2032-04-23T10:20:30.1234567""#, "2032-04-23T10:20:30.123456"),
        (r#""2032-04-23_10:20""#, "2032-04-23T10:20:00"),
        (r#""2032-04-23T10:20:30-0000""#, "2032-04-23T10:20:30Z"),
        (r#""2032-04-23T10:20:30−02:00""#, "2032-04-23T10:20:30-02:00"),
        (r#""1494012444""#, "2017-05-05T19:27:24Z"),
        (r#""-1.5""#, "1969-12-31T23:59:58.500000Z"),
        (r#""1.5e3""#, "1970-01-01T00:25:00Z"),
        (r#""0000-01-01""#, "Input should be a valid datetime, year 0 is out of range"),
        (r#""0000-01-01T00:00:00""#, "Input should be a valid datetime, year 0 is out of range"),
        (
            r#""2032-04-23T24:00:00""#,
            "Input should be a valid datetime or date, unexpected extra characters at the end of the input",
        ),
        (
            r#""2032-04-23T10:20:30+24:00""#,
            "Input should be a valid datetime or date, unexpected extra characters at the end of the input",
        ),
        (r#"" 2032-04-23""#, "Input should be a valid datetime or date, invalid character in year"),
        (r#""2032-4-23""#, "Input should be a valid datetime or date, input is too short"),
        ("0", "1970-01-01T00:00:00Z"),
        ("-1.5", "1969-12-31T23:59:58.500000Z"),
        ("1494012444000", "2017-05-05T19:27:24Z"),
        ("20000000000.5", "1970-08-20T11:33:20.000500Z"),
        ("0.9999999", "1970-01-01T00:00:01Z"),
        ("-62167219200", "1968-01-12T11:19:40.800000Z"),
        ("-62167219200000", "Input should be a valid datetime, year 0 is out of range"),
        ("253402300800000", "Input should be a valid datetime, dates after 9999 are not supported as unix timestamps"),
        (
            "1000000000000000000000000000000",
            "Input should be a valid datetime, dates after 9999 are not supported as unix timestamps",
        ),
        ("true", "Input should be a valid datetime"),
        ("null", "Input should be a valid datetime"),
        (r#""9999-12-31T23:59:59.999999Z""#, "9999-12-31T23:59:59.999999Z"),
        (r#""2032-02-29""#, "2032-02-29T00:00:00"),
        (r#""2033-02-29""#, "Input should be a valid datetime or date, day value is outside expected range"),
    ] {
        assert_eq!(read::<DateTime>(json), expected, "{json}");
    }
}

#[test]
fn dates() {
    for (json, expected) in [
        (r#""2032-04-23""#, "2032-04-23"),
        (r#""2032-04-23T00:00:00Z""#, "2032-04-23"),
        (r#""2032-04-23T00:00:00.000001""#, "Datetimes provided to dates should have zero time - e.g. be exact dates"),
        (r#""1493942400""#, "2017-05-05"),
        (r#""0000-01-01""#, "Input should be a valid date in the format YYYY-MM-DD, year 0 is out of range"),
        (r#""2032-2-3""#, "Input should be a valid date or datetime, input is too short"),
        (r#""""#, "Input should be a valid date or datetime, input is too short"),
        ("1493942400", "2017-05-05"),
        ("1493942400.0", "2017-05-05"),
        ("1493942400.5", "Datetimes provided to dates should have zero time - e.g. be exact dates"),
        ("1e+30", "Input should be a valid date or datetime, dates after 9999 are not supported as unix timestamps"),
        (
            "1000000000000000000000000000000",
            "Input should be a valid date or datetime, dates after 9999 are not supported as unix timestamps",
        ),
        ("true", "Input should be a valid date"),
        ("null", "Input should be a valid date"),
        (
            r#""2032-04-23T25:00""#,
            "Input should be a valid date or datetime, hour value is outside expected range of 0-23",
        ),
    ] {
        assert_eq!(read::<Date>(json), expected, "{json}");
    }
}

#[test]
fn times() {
    for (json, expected) in [
        (r#""10:20:30.1234567""#, "10:20:30.123456"),
        (r#""10:20:30z""#, "10:20:30Z"),
        (r#""10:20+2400""#, "Input should be in a valid time format, timezone offset must be less than 24 hours"),
        (r#""10:20:60""#, "Input should be in a valid time format, second value is outside expected range of 0-59"),
        (r#""1020""#, "Input should be in a valid time format, input is too short"),
        ("3600", "01:00:00Z"),
        ("3600.5", "01:00:00.500000Z"),
        ("-1", "Input should be in a valid time format, time in seconds should be positive"),
        ("-0.5", "Input should be in a valid time format, time in seconds should be positive"),
        ("86400", "Input should be in a valid time format, numeric times may not exceed 86,399 seconds"),
        (
            "1000000000000000000000000000000",
            "Input should be in a valid time format, numeric times may not exceed 86,399 seconds",
        ),
        ("10000000000.0", "Input should be in a valid time format, numeric times may not exceed 86,399 seconds"),
        ("true", "Input should be a valid time"),
        ("null", "Input should be a valid time"),
        ("0.9999999", "00:00:01Z"),
        (r#""23:59:59.999999""#, "23:59:59.999999"),
    ] {
        assert_eq!(read::<Time>(json), expected, "{json}");
    }
}

#[test]
fn time_deltas() {
    for (json, expected) in [
        (r#""P400D""#, "P1Y35D"),
        (r#""P1Y""#, "P1Y"),
        (r#""P1W""#, "P7D"),
        (r#""-P1DT1S""#, "-P1DT1S"),
        (r#""+PT1S""#, "PT1S"),
        (r#""PT0.12345678S""#, "PT0.123457S"),
        (r#""1 day""#, "P1D"),
        (r#""1 days, 25:00""#, "Input should be a valid timedelta, durations may not exceed 999,999,999 hours"),
        (r#""-00:00:01""#, "-PT1S"),
        (r#""999999999 days 25:00""#, "Input should be a valid timedelta, durations may not exceed 999,999,999 hours"),
        (r#""P1000000000D""#, "Input should be a valid timedelta, durations may not exceed 999,999,999 days"),
        (r#""P""#, "Input should be a valid timedelta, input is too short"),
        (r#""PT1X""#, "Input should be a valid timedelta, quantity invalid in time part of duration"),
        (r#""1d""#, "P1D"),
        (r#"" PT1S""#, "Input should be a valid timedelta, invalid character in hour"),
        ("0", "PT0S"),
        ("-1.5", "-PT1.5S"),
        ("1.0000005", "PT1.000001S"),
        ("34603200.0", "P1Y35DT12H"),
        ("100000000000000.0", "Input should be a valid timedelta, durations may not exceed 999,999,999 days"),
        ("1e+20", "Input should be a valid timedelta, durations may not exceed 999,999,999 days"),
        (
            "1000000000000000000000000000000",
            "Input should be a valid timedelta, durations may not exceed 999,999,999 days",
        ),
        ("true", "PT1S"),
        ("false", "PT0S"),
        ("null", "Input should be a valid timedelta"),
        (r#""00:00:00.1234567""#, "PT0.123456S"),
        ("0.9999999", "PT1S"),
    ] {
        assert_eq!(read::<TimeDelta>(json), expected, "{json}");
    }
}
