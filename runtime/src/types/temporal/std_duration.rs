//! [`std::time::Duration`], as `Iso<Duration>`: serde's own form of it is an object.

use std::time::Duration;

use super::{Misfit, Temporal, TimeDelta};

impl Temporal for Duration {
    type Wire = TimeDelta;

    fn from_wire(wire: TimeDelta) -> Result<Self, Misfit> {
        u64::try_from(wire.microseconds()).map(Self::from_micros).map_err(|_| Misfit::Range)
    }

    fn to_wire(&self) -> Result<TimeDelta, Misfit> {
        i64::try_from(self.as_micros()).ok().and_then(TimeDelta::from_microseconds).ok_or(Misfit::Range)
    }
}
