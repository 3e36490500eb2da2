use versify::{Events, prelude::*};

struct Tick {
    n: u32,
}

#[get("/ticks")]
async fn ticks() -> Events<impl Stream<Item = Tick>> {
    Events::new(stream! {
        for n in 0..3 {
            yield Tick { n };
        }
    })
}

fn main() {}
