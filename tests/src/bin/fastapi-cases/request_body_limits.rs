use super::Case;

pub const CASES: &[Case] =
    &[("request_body_limits.tutorial001", tutorial001::app), ("request_body_limits.tutorial002", tutorial002::app)];

mod tutorial001 {
    use std::collections::HashMap;

    use versify::{Router, UploadFile, prelude::*};

    #[post("/items")]
    fn create_item(item: HashMap<String, Value>) -> Value {
        json!(item)
    }

    #[post("/")]
    fn upload(file: UploadFile) -> Value {
        json!({"filename": file.file_name(), "size": file.size()})
    }

    #[post("/small", body_limit = 10 * 1024 * 1024)]
    fn small_upload(file: UploadFile) -> Value {
        json!({"filename": file.file_name(), "size": file.size()})
    }

    pub fn app() -> App {
        let uploads =
            Router::new().prefix("/uploads").body_limit(100 * 1024 * 1024).routes(routes![upload, small_upload]);
        App::new("FastAPI", "0.1.0").body_limit(1024 * 1024).routes(routes![create_item]).include(uploads)
    }
}

mod tutorial002 {
    use versify::{FormLimits, prelude::*};

    #[post("/notes")]
    async fn create_note(#[form] text: String) -> Value {
        json!({"size": text.len()})
    }

    #[post("/documents", form_limits(max_part_size = 2 * 1024 * 1024))]
    async fn create_document(#[form] text: String) -> Value {
        json!({"size": text.len()})
    }

    pub fn app() -> App {
        let limits = FormLimits::new().max_fields(5);
        // FastAPI has no limit of the whole body unless one is set.
        App::new("FastAPI", "0.1.0")
            .form_limits(limits)
            .body_limit(u64::MAX)
            .routes(routes![create_note, create_document])
    }
}
