use super::Case;

pub const CASES: &[Case] = &[
    ("query_param_models.tutorial002", tutorial002::app),
    ("query_param_models.tutorial004", tutorial004::app),
    ("query_param_models.tutorial001", tutorial001::app),
    ("query_param_models.tutorial003", tutorial003::app),
];

mod tutorial002 {
    use versify::prelude::*;

    #[model(literal, rename_all = "snake_case")]
    pub enum Order {
        CreatedAt,
        UpdatedAt,
    }

    #[model(extra = "forbid")]
    pub struct FilterParams {
        #[field(default = 100, gt = 0, le = 100)]
        limit: i64,
        #[field(default = 0, ge = 0)]
        offset: i64,
        #[field(default = Order::CreatedAt)]
        order_by: Order,
        #[field(default)]
        tags: Vec<String>,
    }

    #[get("/items/")]
    async fn read_items(#[query] filter_query: FilterParams) -> Value {
        json!(filter_query)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial004 {
    use versify::{prelude::*, types::Date};

    #[model]
    pub struct DateRange {
        start: Date,
        end: Date,
    }

    #[get("/items/")]
    async fn read_items(#[query(default = 10)] limit: i64, #[query] date_range: Option<DateRange>) -> Value {
        json!({"limit": limit, "date_range": date_range})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial001 {
    use versify::prelude::*;

    #[model(literal, rename_all = "snake_case")]
    pub enum Order {
        CreatedAt,
        UpdatedAt,
    }

    #[model]
    pub struct FilterParams {
        #[field(default = 100, gt = 0, le = 100)]
        limit: i64,
        #[field(default = 0, ge = 0)]
        offset: i64,
        #[field(default = Order::CreatedAt)]
        order_by: Order,
        #[field(default)]
        tags: Vec<String>,
    }

    #[get("/items/")]
    async fn read_items(#[query] filter_query: FilterParams) -> Value {
        json!(filter_query)
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}

mod tutorial003 {
    use versify::prelude::*;

    #[model]
    pub struct Pagination {
        #[field(default = 10, ge = 1)]
        limit: i64,
        #[field(default = 0, ge = 0)]
        offset: i64,
    }

    #[model]
    pub struct Filters {
        #[field(default)]
        tags: Vec<String>,
    }

    #[get("/items/")]
    fn read_items(#[query] pagination: Pagination, #[query] filters: Filters, search: Option<String>) -> Value {
        json!({"pagination": pagination, "filters": filters, "search": search})
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![read_items])
    }
}
