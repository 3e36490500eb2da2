//! The `time` crate's types, in [`Iso`](super::Iso): their own serde forms are no ISO 8601.

use time::{Date, Duration, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcDateTime, UtcOffset};

use super::temporal::{self, Misfit, Temporal};

impl Temporal for Date {
    type Wire = temporal::Date;

    fn from_wire(wire: temporal::Date) -> Result<Self, Misfit> {
        let date = speedate::Date::from(wire);
        let month = Month::try_from(date.month).map_err(|_| Misfit::Range)?;
        Self::from_calendar_date(date.year.into(), month, date.day).map_err(|_| Misfit::Range)
    }

    fn to_wire(&self) -> Result<temporal::Date, Misfit> {
        let year = u16::try_from(self.year()).ok().filter(|year| (1..=9999).contains(year)).ok_or(Misfit::Range)?;
        Ok(speedate::Date { year, month: self.month().into(), day: self.day() }.into())
    }
}

impl Temporal for Time {
    type Wire = temporal::Time;

    fn from_wire(wire: temporal::Time) -> Result<Self, Misfit> {
        let time = speedate::Time::from(wire);
        if time.tz_offset.is_some() {
            return Err(Misfit::Offset);
        }
        Self::from_hms_micro(time.hour, time.minute, time.second, time.microsecond).map_err(|_| Misfit::Range)
    }

    fn to_wire(&self) -> Result<temporal::Time, Misfit> {
        let (hour, minute, second, microsecond) = self.as_hms_micro();
        Ok(speedate::Time { hour, minute, second, microsecond, tz_offset: None }.into())
    }
}

impl Temporal for PrimitiveDateTime {
    type Wire = temporal::DateTime;

    fn from_wire(wire: temporal::DateTime) -> Result<Self, Misfit> {
        let speedate::DateTime { date, time } = wire.into();
        Ok(Self::new(Date::from_wire(date.into())?, Time::from_wire(time.into())?))
    }

    fn to_wire(&self) -> Result<temporal::DateTime, Misfit> {
        let (date, time) = (self.date().to_wire()?.into(), self.time().to_wire()?.into());
        Ok(speedate::DateTime { date, time }.into())
    }
}

impl Temporal for OffsetDateTime {
    type Wire = temporal::DateTime;

    fn from_wire(wire: temporal::DateTime) -> Result<Self, Misfit> {
        let mut point = speedate::DateTime::from(wire);
        let offset = point.time.tz_offset.take().ok_or(Misfit::NoOffset)?;
        let offset = UtcOffset::from_whole_seconds(offset).map_err(|_| Misfit::Range)?;
        Ok(PrimitiveDateTime::from_wire(point.into())?.assume_offset(offset))
    }

    fn to_wire(&self) -> Result<temporal::DateTime, Misfit> {
        let mut point = speedate::DateTime::from(PrimitiveDateTime::new(self.date(), self.time()).to_wire()?);
        point.time.tz_offset = Some(self.offset().whole_seconds());
        Ok(point.into())
    }
}

/// A point in time needs an offset from UTC; it is written in UTC.
impl Temporal for UtcDateTime {
    type Wire = temporal::DateTime;

    fn from_wire(wire: temporal::DateTime) -> Result<Self, Misfit> {
        let point = OffsetDateTime::from_wire(wire)?.checked_to_utc().ok_or(Misfit::Range)?;
        // In UTC it may lie beyond the calendar of the wire.
        point.to_wire().map(|_| point)
    }

    fn to_wire(&self) -> Result<temporal::DateTime, Misfit> {
        OffsetDateTime::from(*self).to_wire()
    }
}

impl Temporal for Duration {
    type Wire = temporal::TimeDelta;

    fn from_wire(wire: temporal::TimeDelta) -> Result<Self, Misfit> {
        Ok(Self::microseconds(wire.microseconds()))
    }

    fn to_wire(&self) -> Result<temporal::TimeDelta, Misfit> {
        let all = i64::try_from(self.whole_microseconds()).ok();
        all.and_then(temporal::TimeDelta::from_microseconds).ok_or(Misfit::Range)
    }
}
