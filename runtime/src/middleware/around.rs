//! [`around!`]: the two halves that every middleware of ours has.

/// Implements poem's `Middleware` for a type whose `handle(&self, request, next)` answers requests.
macro_rules! around {
    ($middleware:ident, $endpoint:ident) => {
        impl<E: poem::Endpoint<Output: 'static> + 'static> poem::Middleware<E> for $middleware {
            type Output = $endpoint<E>;

            fn transform(&self, inner: E) -> $endpoint<E> {
                $endpoint { middleware: self.clone(), inner }
            }
        }

        #[doc = concat!("What is inside of a [`", stringify!($middleware), "`].")]
        #[derive(Debug)]
        #[allow(unreachable_pub)]
        pub struct $endpoint<E> {
            middleware: $middleware,
            inner: E,
        }

        impl<E: poem::Endpoint> poem::Endpoint for $endpoint<E> {
            type Output = poem::Response;

            async fn call(&self, request: poem::Request) -> poem::Result<poem::Response> {
                Ok(self.middleware.handle(request, &self.inner).await)
            }
        }
    };
}

pub(super) use around;
