//! A user of versify, with no other dependency: annotated functions, poem and poem-openapi through versify alone.

use versify::prelude::*;

/// A greeting.
#[model]
#[derive(Debug, Clone, PartialEq)]
pub struct Greeting {
    /// Whom it greets.
    #[field(min_length = 1)]
    pub name: String,
}

/// poem-openapi's own derive works, too.
#[derive(poem_openapi::Object)]
pub struct Legacy {
    /// A number.
    pub id: u32,
}

/// Greets.
#[get("/hello/{name}")]
pub async fn hello(name: String) -> Greeting {
    Greeting { name }
}

/// The app.
pub fn app() -> App {
    App::new("facade", "1.0.0").routes(routes![hello])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_app_builds_and_the_function_is_a_function() {
        assert!(app().build().is_ok());
        assert_eq!(hello("you".to_owned()).await, Greeting { name: "you".to_owned() });
    }
}
