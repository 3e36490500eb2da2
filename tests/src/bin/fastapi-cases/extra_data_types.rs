use super::Case;

pub const CASES: &[Case] = &[("extra_data_types.tutorial001", tutorial001::app)];

mod tutorial001 {
    use chrono::{DateTime, FixedOffset, NaiveTime, TimeDelta};
    use uuid::Uuid;
    use versify::{prelude::*, types::Iso};

    #[put("/items/{item_id}")]
    async fn read_items(
        item_id: Uuid,
        #[body] start_datetime: DateTime<FixedOffset>,
        #[body] end_datetime: DateTime<FixedOffset>,
        #[body] process_after: Iso<TimeDelta>,
        #[body] repeat_at: Option<NaiveTime>,
    ) -> Value {
        let start_process = start_datetime + process_after.0;
        let duration = end_datetime - start_process;
        json!({
            "item_id": item_id,
            "start_datetime": start_datetime.to_rfc3339(),
            "end_datetime": end_datetime.to_rfc3339(),
            "process_after": process_after.num_seconds(),
            "repeat_at": repeat_at,
            "start_process": start_process.to_rfc3339(),
            "duration": duration.num_seconds(),
        })
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}
