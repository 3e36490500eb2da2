use super::Case;

pub const CASES: &[Case] = &[("request_forms_and_files.tutorial001", tutorial001::app)];

mod tutorial001 {
    use versify::{Bytes, UploadFile, prelude::*};

    #[post("/files/")]
    async fn create_file(#[file] file: Bytes, #[file] fileb: UploadFile, #[form] token: String) -> Value {
        json!({"file_size": file.len(), "token": token, "fileb_content_type": fileb.content_type()})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_file])
    }
}
