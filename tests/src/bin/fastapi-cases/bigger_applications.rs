use super::Case;

pub const CASES: &[Case] = &[("bigger_applications.app", app)];

mod dependencies {
    use versify::prelude::*;

    #[dependency]
    pub async fn get_token_header(#[header] x_token: String) -> Result<()> {
        if x_token != "fake-super-secret-token" {
            return Err(HttpError::new(400, "X-Token header invalid"));
        }
        Ok(())
    }

    #[dependency]
    pub async fn get_query_token(token: String) -> Result<()> {
        if token != "jessica" {
            return Err(HttpError::new(400, "No Jessica token provided"));
        }
        Ok(())
    }
}

mod admin {
    use versify::prelude::*;

    #[post("/")]
    async fn update_admin() -> Value {
        json!({"message": "Admin getting schwifty"})
    }

    pub fn router() -> Router {
        Router::new().routes(routes![update_admin])
    }
}

mod items {
    use versify::{openapi::Responses, prelude::*};

    use super::dependencies::get_token_header;

    fn fake_items_db() -> Value {
        json!({"plumbus": {"name": "Plumbus"}, "gun": {"name": "Portal Gun"}})
    }

    #[get("/")]
    async fn read_items() -> Value {
        fake_items_db()
    }

    #[get("/{item_id}")]
    async fn read_item(item_id: String) -> Result<Value> {
        match fake_items_db().get(&item_id) {
            Some(item) => Ok(json!({"name": item["name"], "item_id": item_id})),
            None => Err(HttpError::new(404, "Item not found")),
        }
    }

    #[put("/{item_id}", tags = ["custom"], responses(403 = "Operation forbidden"))]
    async fn update_item(item_id: String) -> Result<Value> {
        if item_id != "plumbus" {
            return Err(HttpError::new(403, "You can only update the item: plumbus"));
        }
        Ok(json!({"item_id": item_id, "name": "The great Plumbus"}))
    }

    pub fn router() -> Router {
        Router::new()
            .prefix("/items")
            .tag("items")
            .dependency::<get_token_header>()
            .responses(Responses::new().on(404, "Not found"))
            .routes(routes![read_items, read_item, update_item])
    }
}

mod users {
    use versify::prelude::*;

    #[get("/users/", tags = ["users"])]
    async fn read_users() -> Value {
        json!([{"username": "Rick"}, {"username": "Morty"}])
    }

    #[get("/users/me", tags = ["users"])]
    async fn read_user_me() -> Value {
        json!({"username": "fakecurrentuser"})
    }

    #[get("/users/{username}", tags = ["users"])]
    async fn read_user(username: String) -> Value {
        json!({"username": username})
    }

    pub fn router() -> Router {
        Router::new().routes(routes![read_users, read_user_me, read_user])
    }
}

use versify::{openapi::Responses, prelude::*};

use self::dependencies::{get_query_token, get_token_header};

#[get("/")]
async fn root() -> Value {
    json!({"message": "Hello Bigger Applications!"})
}

fn app() -> App {
    let admin = Router::new()
        .prefix("/admin")
        .tag("admin")
        .dependency::<get_token_header>()
        .responses(Responses::new().on(418, "I'm a teapot"))
        .include(admin::router());
    App::new("FastAPI", "0.1.0")
        .dependency::<get_query_token>()
        .include(users::router())
        .include(items::router())
        .include(admin)
        .routes(routes![root])
}
