//! Mistakes and what the compiler says of them.
