use super::Case;

pub const CASES: &[Case] = &[("templates.tutorial001", tutorial001::app), ("templates.tutorial002", tutorial002::app)];

mod tutorial001 {
    use versify::{Html, StaticFiles, Templates, prelude::*};

    #[get("/items/{id}")]
    async fn read_item(id: String, templates: Templates) -> Result<Html> {
        Ok(templates.render("item.html", json!({"id": id}))?)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0")
            .mount("/static", StaticFiles::new("static"))
            .state(Templates::new("templates"))
            .routes(routes![read_item])
    }
}

mod tutorial002 {
    use versify::{Html, StaticFiles, Templates, prelude::*};

    #[get("/items/{id}")]
    async fn read_item(id: String, templates: Templates) -> Result<Html> {
        Ok(templates.render("item_path.html", json!({"id": id}))?)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0")
            .mount("/static", StaticFiles::new("static"))
            .state(Templates::new("templates"))
            .routes(routes![read_item])
    }
}
