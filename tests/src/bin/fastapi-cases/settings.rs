use super::Case;

pub const CASES: &[Case] = &[
    ("settings.app01", app01::app),
    ("settings.app02", app02::test_app),
    ("settings.app03", app03::app),
    ("settings.tutorial001", app01::app),
];

mod app01 {
    use versify::{Environment, prelude::*};

    use crate::dispatcher::environment;

    #[model]
    pub struct Settings {
        #[field(default = "Awesome API")]
        pub app_name: String,
        pub admin_email: String,
        #[field(default = 50)]
        pub items_per_user: i64,
    }

    #[get("/info")]
    pub async fn info(settings: State<Settings>) -> Value {
        json!({
            "app_name": settings.app_name,
            "admin_email": settings.admin_email,
            "items_per_user": settings.items_per_user,
        })
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").settings::<Settings>(Environment::of(environment())).routes(routes![info])
    }
}

mod app02 {
    use versify::{Environment, prelude::*};

    use super::app01::{Settings, info};

    fn app() -> App {
        App::new("FastAPI", "0.1.0").settings::<Settings>(Environment::process()).routes(routes![info])
    }

    pub fn test_app() -> App {
        let testing = Environment::of([("admin_email", "testing_admin@example.com")]);
        app().state(testing.read::<Settings>().unwrap())
    }
}

mod app03 {
    use versify::{Environment, prelude::*};

    use super::app01::{Settings, info};
    use crate::dispatcher::environment;

    pub fn app() -> App {
        let environment = Environment::of(environment()).file(".env");
        App::new("FastAPI", "0.1.0").settings::<Settings>(environment).routes(routes![info])
    }
}
