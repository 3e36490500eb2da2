//! The folders `response_*` that have one or two examples each.

use super::Case;

pub const CASES: &[Case] = &[
    ("response_change_status_code.tutorial001", change_status_code::app),
    ("response_cookies.tutorial001", cookies::tutorial001::app),
    ("response_cookies.tutorial002", cookies::tutorial002::app),
    ("response_directly.tutorial001", directly::tutorial001::app),
    ("response_directly.tutorial002", directly::tutorial002::app),
    ("response_headers.tutorial001", headers::tutorial001::app),
    ("response_headers.tutorial002", headers::tutorial002::app),
    ("response_status_code.tutorial001", status_code::app),
    ("response_status_code.tutorial002", status_code::app),
];

mod change_status_code {
    use std::{collections::HashMap, sync::Mutex};

    use versify::prelude::*;

    type Tasks = Mutex<HashMap<String, &'static str>>;

    #[put("/get-or-create-task/{task_id}", status = 200)]
    fn get_or_create_task(task_id: String, head: ResponseHead, tasks: State<Tasks>) -> &'static str {
        tasks.lock().unwrap().entry(task_id).or_insert_with(|| {
            head.status(201);
            "This didn't exist before"
        })
    }

    pub fn app() -> App {
        let tasks = HashMap::from([("foo".to_owned(), "Listen to the Bar Fighters")]);
        App::new("FastAPI", "0.1.0").routes(routes![get_or_create_task]).state(Tasks::new(tasks))
    }
}

mod cookies {
    pub mod tutorial001 {
        use versify::prelude::*;

        #[post("/cookie/")]
        fn create_cookie() -> Response<Value> {
            let content = json!({"message": "Come to the dark side, we have cookies"});
            Response::new(content).cookie(("fakesession", "fake-cookie-session-value"))
        }

        pub fn app() -> App {
            App::new("FastAPI", "0.1.0").routes(routes![create_cookie])
        }
    }

    pub mod tutorial002 {
        use versify::prelude::*;

        #[post("/cookie-and-object/")]
        fn create_cookie(head: ResponseHead) -> Value {
            head.cookie(("fakesession", "fake-cookie-session-value"));
            json!({"message": "Come to the dark side, we have cookies"})
        }

        pub fn app() -> App {
            App::new("FastAPI", "0.1.0").routes(routes![create_cookie])
        }
    }
}

mod directly {
    pub mod tutorial001 {
        use versify::{poem::IntoResponse, prelude::*, types::DateTime};

        #[model]
        pub struct Item {
            title: String,
            timestamp: DateTime,
            description: Option<String>,
        }

        #[put("/items/{id}")]
        fn update_item(id: String, item: Item) -> poem::Response {
            let _ = id;
            versify::Json(item).into_response()
        }

        pub fn app() -> App {
            App::new("FastAPI", "0.1.0").routes(routes![update_item])
        }
    }

    pub mod tutorial002 {
        use versify::{Xml, poem::IntoResponse, prelude::*};

        #[get("/legacy/")]
        fn get_legacy_data() -> poem::Response {
            let data = r#"<?xml version="1.0"?>
    <shampoo>
    <Header>
        Apply shampoo here.
    </Header>
    <Body>
        You'll have to use soap here.
    </Body>
    </shampoo>
    "#;
            Xml(data).into_response()
        }

        pub fn app() -> App {
            App::new("FastAPI", "0.1.0").routes(routes![get_legacy_data])
        }
    }
}

mod headers {
    pub mod tutorial001 {
        use versify::prelude::*;

        #[get("/headers/")]
        fn get_headers() -> Response<Value> {
            let content = json!({"message": "Hello World"});
            Response::new(content).header("X-Cat-Dog", "alone in the world").header("Content-Language", "en-US")
        }

        pub fn app() -> App {
            App::new("FastAPI", "0.1.0").routes(routes![get_headers])
        }
    }

    pub mod tutorial002 {
        use versify::prelude::*;

        #[get("/headers-and-object/")]
        fn get_headers(head: ResponseHead) -> Value {
            head.header("X-Cat-Dog", "alone in the world");
            json!({"message": "Hello World"})
        }

        pub fn app() -> App {
            App::new("FastAPI", "0.1.0").routes(routes![get_headers])
        }
    }
}

mod status_code {
    use versify::prelude::*;

    #[post("/items/", status = 201)]
    async fn create_item(name: String) -> Value {
        json!({"name": name})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![create_item])
    }
}
