//! What stands around an app's operations.

use std::{future::Future, time::Duration};

use poem::{Middleware, Request, Response, endpoint::BoxEndpoint};

use super::App;
use crate::{
    middleware::{Layer, Next},
    operation::Reply,
};

impl App {
    /// Puts a function around all requests, those that nothing answers included. The last one added is outermost.
    ///
    /// ```
    /// use versify::{middleware::Next, poem::{Request, Response}, prelude::*};
    ///
    /// async fn process_time(request: Request, next: Next) -> Response {
    ///     let start = std::time::Instant::now();
    ///     let mut response = next.run(request).await;
    ///     let seconds = start.elapsed().as_secs_f64().to_string();
    ///     if let Ok(seconds) = seconds.parse() {
    ///         response.headers_mut().insert("x-process-time", seconds);
    ///     }
    ///     response
    /// }
    ///
    /// # fn main() -> Result<(), versify::StartError> {
    /// let app = App::new("Timed", "1.0.0").middleware(process_time);
    /// # app.build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn middleware<F, R>(mut self, function: F) -> Self
    where
        F: Fn(Request, Next) -> R + Clone + Send + Sync + 'static,
        R: Future<Output: Reply> + Send + 'static,
    {
        self.layers.push(Layer::function(function));
        self
    }

    /// Puts one of poem's middlewares around all requests; see [`App::tower_layer`] for tower's.
    pub fn layer<M>(mut self, middleware: M) -> Self
    where
        M: Middleware<BoxEndpoint<'static, Response>, Output: 'static> + Send + Sync + 'static,
    {
        self.layers.push(Layer::poem(middleware));
        self
    }

    /// Puts one of tower's layers around all requests, such as those of `tower-http`. It sees requests and answers as the
    /// `http` crate has them; an error of its own is a logged 500.
    ///
    /// ```
    /// # struct SetHeader;
    /// # impl<S> tower_layer::Layer<S> for SetHeader { type Service = S; fn layer(&self, inner: S) -> S { inner } }
    /// use versify::App;
    ///
    /// # let set_header = SetHeader;
    /// let app = App::new("Shop", "1.0.0").tower_layer(set_header);
    /// # app.build().unwrap();
    /// ```
    #[cfg(feature = "tower")]
    pub fn tower_layer<L, S, B>(mut self, layer: L) -> Self
    where
        L: tower_layer::Layer<crate::middleware::TowerInner, Service = S> + Send + Sync + 'static,
        S: tower_service::Service<
                poem::http::Request<crate::middleware::TowerBody>,
                Response = poem::http::Response<B>,
                Error: Into<crate::BoxError>,
                Future: Send,
            > + Clone
            + Send
            + Sync
            + 'static,
        B: hyper::body::Body<Data: Into<bytes::Bytes>, Error: Into<crate::BoxError>> + Send + Sync + 'static,
    {
        self.layers.push(Layer::tower(layer));
        self
    }

    /// How long operations may take to answer, unless they, or their router, say otherwise; no limit by default. One
    /// that takes longer is dropped, and the client gets 504 (`{"detail":"Gateway Timeout"}`). What is streamed may take
    /// longer, once it has begun.
    ///
    /// ```
    /// use std::time::Duration;
    /// use versify::prelude::*;
    ///
    /// #[get("/report", timeout = Duration::from_secs(60))]
    /// async fn read_report() {}
    ///
    /// let app = App::new("Shop", "1.0.0").timeout(Duration::from_secs(10)).routes(routes![read_report]);
    /// # app.build().unwrap();
    /// ```
    pub fn timeout(mut self, time: Duration) -> Self {
        self.root = self.root.timeout(time);
        self
    }
}
