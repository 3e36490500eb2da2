//! [`IntoRoutes`]: what an app or a router takes.

use super::Route;

/// The list that [`routes![..]`](macro@crate::routes) makes, or any other list of [`Route`]s.
///
/// Nobody implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no list of routes",
    label = "`routes![..]` makes one of annotated functions",
    note = "list the functions by their names: `.routes(routes![read_item, create_item])`"
)]
pub trait IntoRoutes {
    /// Its routes, one by one.
    fn into_routes(self) -> impl Iterator<Item = Route>;
}

#[diagnostic::do_not_recommend]
impl<I: IntoIterator<Item = Route>> IntoRoutes for I {
    fn into_routes(self) -> impl Iterator<Item = Route> {
        self.into_iter()
    }
}
