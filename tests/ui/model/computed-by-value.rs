use versify::prelude::*;

#[model(computed = [area])]
struct Square {
    side: f64,
}

impl Square {
    fn area(self) -> f64 {
        self.side * self.side
    }
}

fn main() {}
