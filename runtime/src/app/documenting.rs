//! What an app's document says, and where it is.

use super::App;
use crate::{
    docs::{ReDoc, SwaggerUi},
    openapi::{Info, OpenApiVersion, OperationSpec, Responses},
};

impl App {
    /// All that the document says of the app itself: contact, licence, terms.
    pub fn info(mut self, info: Info) -> Self {
        self.info = info;
        self
    }

    /// Documents answers of all operations, beside those that they say themselves.
    pub fn responses(mut self, responses: Responses) -> Self {
        self.root = self.root.responses(responses);
        self
    }

    /// Whether the document lists what versify itself answers: 400, 401, 404, 413 and 500, each with the operations it
    /// can happen to. `false` by default: FastAPI's documents have the 422 alone.
    ///
    /// Tools that check answers against the document (schemathesis, typed clients) want it.
    pub fn document_framework_answers(mut self, document: bool) -> Self {
        self.document_framework_answers = document;
        self
    }

    /// Whether a model that looks different in requests and in answers is `Item-Input` and `Item-Output` in the document;
    /// `true` by default. With `false` it is one `Item`, which looks as in requests, unless it has computed fields.
    pub fn separate_input_output_schemas(mut self, separate: bool) -> Self {
        self.separate_input_output_schemas = separate;
        self
    }

    /// How operations are named that say no `operation_id`: clients are generated with these names. By default the
    /// function's name, path and method.
    ///
    /// ```
    /// use versify::App;
    ///
    /// let app = App::new("Shop", "1.0.0")
    ///     .operation_ids(|operation| format!("{}-{}", operation.tags.first().map_or("", String::as_str), operation.function));
    /// ```
    pub fn operation_ids(mut self, name: fn(&OperationSpec) -> String) -> Self {
        self.root = self.root.operation_ids(name);
        self
    }

    /// The version of OpenAPI that the document is written in where none is asked for; 3.1.0 by default.
    ///
    /// `/openapi.json?version=3.0.3` asks for one, whatever this is.
    pub fn openapi_version(mut self, version: OpenApiVersion) -> Self {
        self.openapi_version = version;
        self
    }

    /// Settings of Swagger UI.
    pub fn swagger_ui(mut self, settings: SwaggerUi) -> Self {
        self.swagger_ui = settings;
        self
    }

    /// Settings of ReDoc.
    pub fn redoc(mut self, settings: ReDoc) -> Self {
        self.redoc = settings;
        self
    }
}
