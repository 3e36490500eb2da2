use super::Case;

pub const CASES: &[Case] = &[
    ("path_params.tutorial001", tutorial001::app),
    ("path_params.tutorial003", tutorial003::app),
    ("path_params.tutorial003b", tutorial003b::app),
    ("path_params.tutorial005", tutorial005::app),
    ("path_params.tutorial002", tutorial002::app),
    ("path_params.tutorial004", tutorial004::app),
];

mod tutorial001 {
    use versify::prelude::*;

    #[get("/items/{item_id}")]
    async fn read_item(item_id: Value) -> Value {
        json!({"item_id": item_id})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_item])
    }
}

mod tutorial003 {
    use versify::prelude::*;

    #[get("/users/me")]
    async fn read_user_me() -> Value {
        json!({"user_id": "the current user"})
    }

    #[get("/users/{user_id}")]
    async fn read_user(user_id: String) -> Value {
        json!({"user_id": user_id})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_user_me, read_user])
    }
}

mod tutorial003b {
    use versify::prelude::*;

    #[get("/users")]
    async fn read_users() -> Value {
        json!(["Rick", "Morty"])
    }

    #[get("/users")]
    async fn read_users2() -> Value {
        json!(["Bean", "Elfo"])
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_users, read_users2]).allow_shadowed_routes(true)
    }
}

mod tutorial005 {
    use versify::prelude::*;

    #[model(rename_all = "lowercase")]
    #[derive(PartialEq)]
    pub enum ModelName {
        Alexnet,
        Resnet,
        Lenet,
    }

    #[get("/models/{model_name}")]
    async fn get_model(model_name: ModelName) -> Value {
        let message = match model_name {
            ModelName::Alexnet => "Deep Learning FTW!",
            ModelName::Lenet => "LeCNN all the images",
            ModelName::Resnet => "Have some residuals",
        };
        json!({"model_name": model_name, "message": message})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![get_model])
    }
}

mod tutorial002 {
    use versify::prelude::*;

    #[get("/items/{item_id}")]
    async fn read_item(item_id: i64) -> Value {
        json!({"item_id": item_id})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_item])
    }
}

mod tutorial004 {
    use versify::prelude::*;

    #[get("/files/{file_path:path}")]
    async fn read_file(file_path: String) -> Value {
        json!({"file_path": file_path})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_file])
    }
}
