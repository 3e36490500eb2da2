//! chrono's types.
//!
//! They are written in chrono's own ISO form, whose fractions have 3, 6 or 9 digits; in [`Iso`](super::Iso) they have
//! 6, as Pydantic's.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};

use super::temporal::{self, Misfit, Temporal};

impl Temporal for NaiveDate {
    type Wire = temporal::Date;

    fn from_wire(wire: temporal::Date) -> Result<Self, Misfit> {
        let date = speedate::Date::from(wire);
        Self::from_ymd_opt(date.year.into(), date.month.into(), date.day.into()).ok_or(Misfit::Range)
    }

    fn to_wire(&self) -> Result<temporal::Date, Misfit> {
        let year = u16::try_from(self.year()).ok().filter(|year| (1..=9999).contains(year)).ok_or(Misfit::Range)?;
        Ok(speedate::Date { year, month: self.month() as u8, day: self.day() as u8 }.into())
    }
}

impl Temporal for NaiveTime {
    type Wire = temporal::Time;

    fn from_wire(wire: temporal::Time) -> Result<Self, Misfit> {
        let time = speedate::Time::from(wire);
        if time.tz_offset.is_some() {
            return Err(Misfit::Offset);
        }
        let (hour, minute, second) = (time.hour.into(), time.minute.into(), time.second.into());
        Self::from_hms_micro_opt(hour, minute, second, time.microsecond).ok_or(Misfit::Range)
    }

    fn to_wire(&self) -> Result<temporal::Time, Misfit> {
        Ok(speedate::Time {
            hour: self.hour() as u8,
            minute: self.minute() as u8,
            second: self.second() as u8,
            // A leap second has more than a million of them.
            microsecond: (self.nanosecond() / 1_000).min(999_999),
            tz_offset: None,
        }
        .into())
    }
}

impl Temporal for NaiveDateTime {
    type Wire = temporal::DateTime;

    fn from_wire(wire: temporal::DateTime) -> Result<Self, Misfit> {
        let speedate::DateTime { date, time } = wire.into();
        Ok(NaiveDate::from_wire(date.into())?.and_time(NaiveTime::from_wire(time.into())?))
    }

    fn to_wire(&self) -> Result<temporal::DateTime, Misfit> {
        let (date, time) = (self.date().to_wire()?.into(), self.time().to_wire()?.into());
        Ok(speedate::DateTime { date, time }.into())
    }
}

impl Temporal for DateTime<FixedOffset> {
    type Wire = temporal::DateTime;

    fn from_wire(wire: temporal::DateTime) -> Result<Self, Misfit> {
        let mut point = speedate::DateTime::from(wire);
        let offset = point.time.tz_offset.take().ok_or(Misfit::NoOffset)?;
        let offset = FixedOffset::east_opt(offset).ok_or(Misfit::Range)?;
        NaiveDateTime::from_wire(point.into())?.and_local_timezone(offset).single().ok_or(Misfit::Range)
    }

    fn to_wire(&self) -> Result<temporal::DateTime, Misfit> {
        let mut point = speedate::DateTime::from(self.naive_local().to_wire()?);
        point.time.tz_offset = Some(self.offset().local_minus_utc());
        Ok(point.into())
    }
}

impl Temporal for DateTime<Utc> {
    type Wire = temporal::DateTime;

    fn from_wire(wire: temporal::DateTime) -> Result<Self, Misfit> {
        let point = DateTime::<FixedOffset>::from_wire(wire)?.to_utc();
        // In UTC it may lie beyond the calendar of the wire.
        point.to_wire().map(|_| point)
    }

    fn to_wire(&self) -> Result<temporal::DateTime, Misfit> {
        self.fixed_offset().to_wire()
    }
}

/// As `Iso<TimeDelta>`: chrono's own serde form is a pair of numbers.
impl Temporal for TimeDelta {
    type Wire = temporal::TimeDelta;

    fn from_wire(wire: temporal::TimeDelta) -> Result<Self, Misfit> {
        Ok(Self::microseconds(wire.microseconds()))
    }

    fn to_wire(&self) -> Result<temporal::TimeDelta, Misfit> {
        self.num_microseconds().and_then(temporal::TimeDelta::from_microseconds).ok_or(Misfit::Range)
    }
}

temporal::direct!(NaiveDate NaiveTime NaiveDateTime DateTime<FixedOffset> DateTime<Utc>);
