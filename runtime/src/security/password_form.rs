//! [`OAuth2PasswordRequestForm`]: what a client sends for a token.

use std::ops::Deref;

use crate::{
    decode::{Constraints, Field, Pattern},
    operation::{Argument, Call, Description},
};

/// What a client sends for a token, by OAuth2's password flow: an argument, whose fields are those of a form.
///
/// ```
/// use versify::{prelude::*, security::OAuth2PasswordRequestForm};
///
/// #[model]
/// struct Token {
///     access_token: String,
///     token_type: String,
/// }
///
/// /// Gives a token for a name and a password.
/// #[post("/token")]
/// async fn login(form: OAuth2PasswordRequestForm) -> Result<Token> {
///     match (form.username.as_str(), form.password.as_str()) {
///         ("johndoe", "secret") => Ok(Token { access_token: form.username, token_type: "bearer".to_owned() }),
///         _ => Err(HttpError::new(400, "Incorrect username or password")),
///     }
/// }
/// # App::new("Tokens", "1.0.0").routes(routes![login]).build().unwrap();
/// ```
#[derive(Debug, Clone)]
pub struct OAuth2PasswordRequestForm {
    /// `password`, if it is said at all: OAuth2 demands it, many clients leave it out.
    pub grant_type: Option<String>,
    /// Who wants a token.
    pub username: String,
    /// The password.
    pub password: String,
    /// The scopes that are wanted, between blanks.
    pub scope: String,
    /// The client's own name.
    pub client_id: Option<String>,
    /// The client's own password.
    pub client_secret: Option<String>,
}

impl OAuth2PasswordRequestForm {
    /// The scopes that are wanted, one by one.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scope.split_whitespace()
    }
}

/// The same for clients that keep to the letter: `grant_type` must be sent.
#[derive(Debug, Clone)]
pub struct OAuth2PasswordRequestFormStrict(OAuth2PasswordRequestForm);

impl Deref for OAuth2PasswordRequestFormStrict {
    type Target = OAuth2PasswordRequestForm;

    fn deref(&self) -> &OAuth2PasswordRequestForm {
        &self.0
    }
}

static PASSWORD: Pattern = Pattern::new("^password$");

const GRANT_TYPE: Field<Option<String>> =
    Field::new("grant_type").rules(Constraints::<Option<String>>::new().pattern(|| &PASSWORD).rules());
const STRICT_GRANT_TYPE: Field<String> =
    Field::new("grant_type").rules(Constraints::<String>::new().pattern(|| &PASSWORD).rules());
const USERNAME: Field<String> = Field::new("username");
const PASSWORD_FIELD: Field<String> = Field::new("password");
const SCOPE: Field<String> = Field::new("scope").default(String::new);
const CLIENT_ID: Field<Option<String>> = Field::new("client_id");
const CLIENT_SECRET: Field<Option<String>> = Field::new("client_secret");

/// All but `grant_type`, and whether the document calls passwords by their name.
fn describe_rest(description: &mut Description<'_>, format: Option<&'static str>) {
    description.form(&USERNAME);
    description.form_of_format(&PASSWORD_FIELD, format);
    description.form(&SCOPE);
    description.form(&CLIENT_ID);
    description.form_of_format(&CLIENT_SECRET, format);
}

fn prepare_rest(grant_type: Option<Option<String>>, call: &mut Call) -> Option<OAuth2PasswordRequestForm> {
    let username = call.form(&USERNAME);
    let password = call.form(&PASSWORD_FIELD);
    let scope = call.form(&SCOPE);
    let client_id = call.form(&CLIENT_ID);
    let client_secret = call.form(&CLIENT_SECRET);
    Some(OAuth2PasswordRequestForm {
        grant_type: grant_type?,
        username: username?,
        password: password?,
        scope: scope?,
        client_id: client_id?,
        client_secret: client_secret?,
    })
}

impl Argument for OAuth2PasswordRequestForm {
    const BODY: bool = true;

    fn describe(_: &Field<Self>, description: &mut Description<'_>) {
        description.form(&GRANT_TYPE);
        describe_rest(description, Some("password"));
    }

    fn prepare(_: &Field<Self>, call: &mut Call) -> Option<Self> {
        let grant_type = call.form(&GRANT_TYPE);
        prepare_rest(grant_type, call)
    }
}

impl Argument for OAuth2PasswordRequestFormStrict {
    const BODY: bool = true;

    fn describe(_: &Field<Self>, description: &mut Description<'_>) {
        description.form(&STRICT_GRANT_TYPE);
        // As FastAPI documents it.
        describe_rest(description, None);
    }

    fn prepare(_: &Field<Self>, call: &mut Call) -> Option<Self> {
        let grant_type = call.form(&STRICT_GRANT_TYPE).map(Some);
        prepare_rest(grant_type, call).map(Self)
    }
}
