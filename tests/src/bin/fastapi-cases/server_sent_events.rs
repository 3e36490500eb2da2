use super::Case;

pub const CASES: &[Case] = &[
    ("server_sent_events.tutorial001", tutorial001::app),
    ("server_sent_events.tutorial004", tutorial004::app),
    ("server_sent_events.tutorial005", tutorial005::app),
];

mod tutorial001 {
    use versify::prelude::*;

    #[model]
    struct Item {
        name: String,
        #[field(required)]
        description: Option<String>,
    }

    fn items() -> [Item; 3] {
        [
            ("Plumbus", "A multi-purpose household device."),
            ("Portal Gun", "A portal opening device."),
            ("Meeseeks Box", "A box that summons a Meeseeks."),
        ]
        .map(|(name, description)| Item { name: name.to_owned(), description: Some(description.to_owned()) })
    }

    #[get("/items/stream")]
    async fn sse_items() -> Events<impl Stream<Item = Item>> {
        Events::new(stream! {
            for item in items() {
                yield item;
            }
        })
    }

    #[get("/items/stream-no-async")]
    fn sse_items_no_async() -> Events<impl Stream<Item = Item>> {
        Events::of(items())
    }

    #[get("/items/stream-no-annotation")]
    async fn sse_items_no_annotation() -> Events<impl Stream<Item = Event>> {
        Events::new(stream! {
            for item in items() {
                yield Event::json(&item);
            }
        })
    }

    #[get("/items/stream-no-async-no-annotation")]
    fn sse_items_no_async_no_annotation() -> Events<impl Stream<Item = Event>> {
        Events::of(items().map(|item| Event::json(&item)))
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![
            sse_items,
            sse_items_no_async,
            sse_items_no_annotation,
            sse_items_no_async_no_annotation,
        ])
    }
}

mod tutorial004 {
    use versify::prelude::*;

    #[model]
    struct Item {
        name: String,
        price: f64,
    }

    fn items() -> [Item; 3] {
        [("Plumbus", 32.99), ("Portal Gun", 999.99), ("Meeseeks Box", 49.99)]
            .map(|(name, price)| Item { name: name.to_owned(), price })
    }

    #[get("/items/stream")]
    async fn stream_items(#[header] last_event_id: Option<i64>) -> Events<impl Stream<Item = Event>> {
        let start = last_event_id.map_or(0, |last| last + 1);
        Events::new(stream! {
            for (i, item) in (0..).zip(items()) {
                if i < start {
                    continue;
                }
                yield Event::json(&item).id(i);
            }
        })
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![stream_items])
    }
}

mod tutorial005 {
    use versify::prelude::*;

    #[model]
    struct Prompt {
        text: String,
    }

    #[post("/chat/stream")]
    async fn stream_chat(prompt: Prompt) -> Events<impl Stream<Item = Event>> {
        Events::new(stream! {
            for word in prompt.text.split_whitespace() {
                yield Event::json(&word).event("token");
            }
            yield Event::raw("[DONE]").event("done");
        })
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![stream_chat])
    }
}
