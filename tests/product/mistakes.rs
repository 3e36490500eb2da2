//! Mistakes: one each, and what the compiler says of it.
//!
//! `TRYBUILD=overwrite cargo test -p versify-tests mistakes` writes the expectations anew; read them before you keep them.

#[test]
fn each_mistake_explains_itself() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/**/*.rs");
}
