use super::Case;

pub const CASES: &[Case] = &[("json_base64_bytes.tutorial001", tutorial001::app)];

mod tutorial001 {
    use versify::{prelude::*, types::Base64Bytes};

    #[model]
    pub struct DataInput {
        description: String,
        data: Base64Bytes,
    }

    #[model]
    pub struct DataOutput {
        description: String,
        data: Base64Bytes,
    }

    #[model]
    pub struct DataInputOutput {
        description: String,
        data: Base64Bytes,
    }

    #[post("/data")]
    fn post_data(body: DataInput) -> Value {
        let content = String::from_utf8_lossy(&body.data);
        json!({"description": body.description, "content": content})
    }

    #[get("/data")]
    fn get_data() -> DataOutput {
        DataOutput { description: "A plumbus".to_owned(), data: "hello".into() }
    }

    #[post("/data-in-out")]
    fn post_data_in_out(body: DataInputOutput) -> DataInputOutput {
        body
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![post_data, get_data, post_data_in_out])
    }
}
