//! The dataset service.

fn main() {}
