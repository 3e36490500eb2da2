//! What the macros write, formatted, to be read: `expansions/*.snap`.
//!
//! Thin is the aim: what needs no knowledge of the annotated item is a function of the runtime. `cargo insta review`
//! shows what a change does to it.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{model, operation, routes};

fn check(name: &str, expanded: &TokenStream) {
    let readable = match syn::parse2(expanded.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        // `routes![..]` is an expression.
        Err(_) => expanded.to_string(),
    };
    insta::with_settings!({ snapshot_path => "../expansions", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, readable);
    });
}

fn get(attribute: TokenStream, item: TokenStream) -> TokenStream {
    operation::operation(operation::Methods::One("GET"), attribute, item)
}

#[test]
fn operations() {
    let read = quote! {
        /// Reads an item.
        async fn read_item(
            #[path(ge = 1)] item_id: u64,
            /// Full-text filter.
            #[query(max_length = 50, pattern = "^[a-z]+$")] q: Option<String>,
            #[query(default = 10, le = 100)] limit: u32,
            store: State<Store>,
        ) -> Result<Item> {
            store.read(item_id)
        }
    };
    check("get", &get(quote!("/items/{item_id}", status = 200, tags = ["items"]), read));
    let create = quote!(
        pub async fn create_item(item: Item, request: &Request, #[extract] method: Method) -> Item {
            item
        }
    );
    check("post", &operation::operation(operation::Methods::One("POST"), quote!("/items"), create));
    check(
        "plain_fn",
        &get(
            quote!("/", operation = Index),
            quote!(
                fn index() {}
            ),
        ),
    );
    let methods = operation::operation(
        operation::Methods::Declared,
        quote!("/", method = [GET, POST]),
        quote!(
            #[cfg(unix)]
            async fn both() {}
        ),
    );
    check("route", &methods);
    check(
        "faulty_operation",
        &get(
            quote!("/", stattus = 201),
            quote!(
                async fn index(q: String) -> String {
                    q
                }
            ),
        ),
    );
}

#[test]
fn dependencies() {
    let user = quote!(
        async fn current_user(#[header] token: String, user: Depends<session>) -> Result<User> {
            user.check(token)
        }
    );
    check("dependency", &operation::dependency(TokenStream::new(), user));
}

#[test]
fn models() {
    let item = quote! {
        /// An item on sale.
        #[derive(Debug)]
        struct Item {
            /// What the label says.
            #[field(min_length = 1, alias = ["name", "title"])]
            name: String,
            #[field(default = 1)]
            count: u32,
            #[field(write_only)]
            secret: Option<String>,
            #[field(flatten)]
            size: Size,
        }
    };
    check("struct", &model::model(quote!(validate = check_item, computed = [area]), item));
    check(
        "newtype",
        &model::model(
            TokenStream::new(),
            quote!(
                struct Sku(#[field(pattern = "^[A-Z]+$")] String);
            ),
        ),
    );
    check(
        "generic",
        &model::model(
            TokenStream::new(),
            quote!(
                struct Page<T> {
                    items: Vec<T>,
                    next: Option<u64>,
                }
            ),
        ),
    );
    check(
        "partial",
        &model::model(
            quote!(partial = ItemPatch),
            quote!(
                struct Item {
                    name: String,
                }
            ),
        ),
    );
    check(
        "poem_openapi",
        &model::model(
            quote!(poem_openapi),
            quote!(
                enum Kind {
                    Small,
                    Large,
                }
            ),
        ),
    );
    let shape = quote!(
        enum Shape {
            Circle { radius: f64 },
            Square(Square),
            Nothing,
        }
    );
    check("tagged", &model::model(quote!(tag = "kind"), shape));
    check(
        "untagged",
        &model::model(
            quote!(untagged),
            quote!(
                enum Id {
                    Number(#[field(ge = 1)] u64),
                    Text(String),
                }
            ),
        ),
    );
    check(
        "faulty_model",
        &model::model(
            quote!(renam = "x"),
            quote!(
                struct Item {
                    name: String,
                }
            ),
        ),
    );
}

#[test]
fn lists() {
    check("routes", &routes::routes(quote!(read_item, items::create_item)));
}
