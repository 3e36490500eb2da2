//! What an app may change about its documentation pages.

use serde_json::{Map, Value};

/// Settings of Swagger UI, for [`App::swagger_ui`](crate::App::swagger_ui).
///
/// ```
/// use versify::{App, SwaggerUi, json};
///
/// let app = App::new("Shop", "1.0.0").swagger_ui(SwaggerUi::new().parameter("syntaxHighlight", json!({"theme": "obsidian"})));
/// ```
#[derive(Debug, Clone)]
#[must_use = "it does nothing until `App::swagger_ui` gets it"]
pub struct SwaggerUi {
    pub(super) parameters: Vec<(String, Value)>,
    pub(super) assets: Option<Assets>,
    pub(super) init_oauth: Option<Value>,
    pub(super) oauth2_redirect_url: Option<String>,
}

#[derive(Debug, Clone)]
pub(super) struct Assets {
    pub(super) script: String,
    pub(super) style: String,
}

impl Default for SwaggerUi {
    fn default() -> Self {
        let parameters = [
            ("dom_id", Value::from("#swagger-ui")),
            ("layout", Value::from("BaseLayout")),
            ("deepLinking", Value::Bool(true)),
            ("showExtensions", Value::Bool(true)),
            ("showCommonExtensions", Value::Bool(true)),
        ];
        let parameters = parameters.map(|(name, value)| (name.to_owned(), value)).to_vec();
        Self { parameters, assets: None, init_oauth: None, oauth2_redirect_url: None }
    }
}

impl SwaggerUi {
    /// FastAPI's settings.
    pub fn new() -> Self {
        Self::default()
    }

    /// A [configuration parameter](https://swagger.io/docs/open-source-tools/swagger-ui/usage/configuration/), any JSON.
    pub fn parameter(mut self, name: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        match self.parameters.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = value,
            None => self.parameters.push((name.to_owned(), value)),
        }
        self
    }

    /// What `ui.initOAuth` gets, such as `{"clientId": "shop"}`.
    pub fn init_oauth(mut self, settings: Map<String, Value>) -> Self {
        self.init_oauth = Some(settings.into());
        self
    }

    /// Where a browser comes back from a provider's login; by default below the page, at `/oauth2-redirect`.
    pub fn oauth2_redirect_url(mut self, url: impl Into<String>) -> Self {
        self.oauth2_redirect_url = Some(url.into());
        self
    }

    /// Script and style sheet from elsewhere, instead of those that versify carries.
    pub fn assets(mut self, script: impl Into<String>, style: impl Into<String>) -> Self {
        self.assets = Some(Assets { script: script.into(), style: style.into() });
        self
    }
}

/// Settings of ReDoc, for [`App::redoc`](crate::App::redoc).
#[derive(Debug, Clone, Default)]
#[must_use = "it does nothing until `App::redoc` gets it"]
pub struct ReDoc {
    pub(super) script: Option<String>,
}

impl ReDoc {
    /// The bundle that versify carries.
    pub fn new() -> Self {
        Self::default()
    }

    /// The script from elsewhere.
    pub fn asset(mut self, script: impl Into<String>) -> Self {
        self.script = Some(script.into());
        self
    }
}
