use super::Case;

pub const CASES: &[Case] = &[("static_files.tutorial001", tutorial001::app)];

mod tutorial001 {
    use versify::{StaticFiles, prelude::*};

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").mount("/static", StaticFiles::new("static"))
    }
}
