//! jiff's types; their own serde forms are ISO 8601, with as many digits of a fraction as there are. In
//! [`Iso`](super::Iso) they have 6, as Pydantic's.

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime, Time},
    tz::Offset,
};

use super::temporal::{self, Misfit, Temporal};

impl Temporal for Date {
    type Wire = temporal::Date;

    fn from_wire(wire: temporal::Date) -> Result<Self, Misfit> {
        let date = speedate::Date::from(wire);
        let year = i16::try_from(date.year).map_err(|_| Misfit::Range)?;
        Self::new(year, date.month as i8, date.day as i8).map_err(|_| Misfit::Range)
    }

    fn to_wire(&self) -> Result<temporal::Date, Misfit> {
        let year = u16::try_from(self.year()).ok().filter(|year| *year > 0).ok_or(Misfit::Range)?;
        Ok(speedate::Date { year, month: self.month() as u8, day: self.day() as u8 }.into())
    }
}

impl Temporal for Time {
    type Wire = temporal::Time;

    fn from_wire(wire: temporal::Time) -> Result<Self, Misfit> {
        let time = speedate::Time::from(wire);
        if time.tz_offset.is_some() {
            return Err(Misfit::Offset);
        }
        let (hour, minute, second) = (time.hour as i8, time.minute as i8, time.second as i8);
        Self::new(hour, minute, second, time.microsecond as i32 * 1_000).map_err(|_| Misfit::Range)
    }

    fn to_wire(&self) -> Result<temporal::Time, Misfit> {
        Ok(speedate::Time {
            hour: self.hour() as u8,
            minute: self.minute() as u8,
            second: self.second() as u8,
            microsecond: self.subsec_nanosecond().unsigned_abs() / 1_000,
            tz_offset: None,
        }
        .into())
    }
}

impl Temporal for DateTime {
    type Wire = temporal::DateTime;

    fn from_wire(wire: temporal::DateTime) -> Result<Self, Misfit> {
        let speedate::DateTime { date, time } = wire.into();
        Ok(Self::from_parts(Date::from_wire(date.into())?, Time::from_wire(time.into())?))
    }

    fn to_wire(&self) -> Result<temporal::DateTime, Misfit> {
        let (date, time) = (self.date().to_wire()?.into(), self.time().to_wire()?.into());
        Ok(speedate::DateTime { date, time }.into())
    }
}

/// A point in time needs an offset from UTC; it is written in UTC.
impl Temporal for Timestamp {
    type Wire = temporal::DateTime;

    fn from_wire(wire: temporal::DateTime) -> Result<Self, Misfit> {
        let mut point = speedate::DateTime::from(wire);
        let offset = point.time.tz_offset.take().ok_or(Misfit::NoOffset)?;
        let offset = Offset::from_seconds(offset).map_err(|_| Misfit::Range)?;
        let point = offset.to_timestamp(DateTime::from_wire(point.into())?).map_err(|_| Misfit::Range)?;
        // In UTC it may lie beyond the calendar of the wire.
        point.to_wire().map(|_| point)
    }

    fn to_wire(&self) -> Result<temporal::DateTime, Misfit> {
        let mut point = speedate::DateTime::from(Offset::UTC.to_datetime(*self).to_wire()?);
        point.time.tz_offset = Some(0);
        Ok(point.into())
    }
}

impl Temporal for SignedDuration {
    type Wire = temporal::TimeDelta;

    fn from_wire(wire: temporal::TimeDelta) -> Result<Self, Misfit> {
        Ok(Self::from_micros(wire.microseconds()))
    }

    fn to_wire(&self) -> Result<temporal::TimeDelta, Misfit> {
        i64::try_from(self.as_micros()).ok().and_then(temporal::TimeDelta::from_microseconds).ok_or(Misfit::Range)
    }
}

temporal::direct!(Date Time DateTime Timestamp SignedDuration);
