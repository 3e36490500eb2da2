use super::Case;

pub const CASES: &[Case] = &[
    ("request_files.tutorial001", tutorial001::app),
    ("request_files.tutorial001_02", tutorial001_02::app),
    ("request_files.tutorial001_03", tutorial001_03::app),
    ("request_files.tutorial002", tutorial002::app),
    ("request_files.tutorial003", tutorial003::app),
];

mod tutorial001 {
    use versify::{Bytes, UploadFile, prelude::*};

    #[post("/files/")]
    async fn create_file(#[file] file: Bytes) -> Value {
        json!({"file_size": file.len()})
    }

    #[post("/uploadfile/")]
    async fn create_upload_file(file: UploadFile) -> Value {
        json!({"filename": file.file_name()})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_file, create_upload_file])
    }
}

mod tutorial001_02 {
    use versify::{Bytes, UploadFile, prelude::*};

    #[post("/files/")]
    async fn create_file(#[file] file: Option<Bytes>) -> Value {
        match file {
            None => json!({"message": "No file sent"}),
            Some(file) => json!({"file_size": file.len()}),
        }
    }

    #[post("/uploadfile/")]
    async fn create_upload_file(file: Option<UploadFile>) -> Value {
        match file {
            None => json!({"message": "No upload file sent"}),
            Some(file) => json!({"filename": file.file_name()}),
        }
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_file, create_upload_file])
    }
}

mod tutorial001_03 {
    use versify::{Bytes, UploadFile, prelude::*};

    #[post("/files/")]
    async fn create_file(
        /// A file read as bytes
        #[file]
        file: Bytes,
    ) -> Value {
        json!({"file_size": file.len()})
    }

    #[post("/uploadfile/")]
    async fn create_upload_file(
        /// A file read as UploadFile
        file: UploadFile,
    ) -> Value {
        json!({"filename": file.file_name()})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_file, create_upload_file])
    }
}

mod tutorial002 {
    use versify::{
        Bytes, UploadFile,
        poem::{IntoResponse, Response, web::Html},
        prelude::*,
    };

    #[post("/files/")]
    async fn create_files(#[file] files: Vec<Bytes>) -> Value {
        json!({"file_sizes": files.iter().map(Bytes::len).collect::<Vec<_>>()})
    }

    #[post("/uploadfiles/")]
    async fn create_upload_files(files: Vec<UploadFile>) -> Value {
        json!({"filenames": files.iter().map(UploadFile::file_name).collect::<Vec<_>>()})
    }

    #[get("/", operation = Main)]
    pub async fn main() -> Response {
        let content = r#"
<body>
<form action="/files/" enctype="multipart/form-data" method="post">
<input name="files" type="file" multiple>
<input type="submit">
</form>
<form action="/uploadfiles/" enctype="multipart/form-data" method="post">
<input name="files" type="file" multiple>
<input type="submit">
</form>
</body>
    "#;
        Html(content).into_response()
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_files, create_upload_files, Main])
    }
}

mod tutorial003 {
    use versify::{Bytes, UploadFile, prelude::*};

    use super::tutorial002::Main;

    #[post("/files/")]
    async fn create_files(
        /// Multiple files as bytes
        #[file]
        files: Vec<Bytes>,
    ) -> Value {
        json!({"file_sizes": files.iter().map(Bytes::len).collect::<Vec<_>>()})
    }

    #[post("/uploadfiles/")]
    async fn create_upload_files(
        /// Multiple files as UploadFile
        files: Vec<UploadFile>,
    ) -> Value {
        json!({"filenames": files.iter().map(UploadFile::file_name).collect::<Vec<_>>()})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_files, create_upload_files, Main])
    }
}
