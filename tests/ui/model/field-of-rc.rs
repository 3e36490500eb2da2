use std::rc::Rc;

use versify::prelude::*;

#[model]
struct Item {
    name: Rc<String>,
}

fn main() {}
