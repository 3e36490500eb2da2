//! `max_concurrency`: how many calls of a dependency run at once.

use std::{
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
    time::Duration,
};

use futures_util::future::join_all;
use tokio::sync::Semaphore;
use versify::{ExitStack, Service, TextStream, poem::Request, prelude::*};

use crate::client::{Answer, get};

/// Who is inside, and who has ever been.
struct Gauge {
    inside: AtomicUsize,
    peak: AtomicUsize,
    calls: AtomicUsize,
    /// Lets those inside out.
    door: Semaphore,
}

impl Gauge {
    const fn new() -> Self {
        Self {
            inside: AtomicUsize::new(0),
            peak: AtomicUsize::new(0),
            calls: AtomicUsize::new(0),
            door: Semaphore::const_new(0),
        }
    }

    fn enter(&self) {
        self.calls.fetch_add(1, SeqCst);
        self.peak.fetch_max(self.inside.fetch_add(1, SeqCst) + 1, SeqCst);
    }

    fn leave(&self) {
        self.inside.fetch_sub(1, SeqCst);
    }

    async fn pass(&self) {
        self.enter();
        self.door.acquire().await.unwrap().forget();
        self.leave();
    }

    fn counts(&self) -> (usize, usize) {
        (self.calls.load(SeqCst), self.inside.load(SeqCst))
    }
}

/// Until nothing more happens by itself.
async fn quiet() {
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
    tokio::time::sleep(Duration::from_millis(20)).await;
}

fn app(routes: impl IntoIterator<Item = versify::operation::Route>) -> Service {
    App::new("limited", "1").routes(routes).build().unwrap()
}

/// Sends requests that run beside the test.
fn begin(service: &Service, paths: &[&'static str]) -> tokio::task::JoinHandle<Vec<Answer>> {
    let service = service.clone();
    let paths = paths.to_vec();
    tokio::spawn(async move { join_all(paths.iter().map(|path| get(&service, path))).await })
}

mod runs {
    use super::*;

    static ASYNC: Gauge = Gauge::new();

    #[dependency(max_concurrency = 2)]
    async fn busy() -> &'static str {
        ASYNC.pass().await;
        "ok"
    }

    #[get("/one")]
    async fn one(busy: Depends<busy>) -> &'static str {
        *busy
    }

    #[get("/two", dependencies = [busy])]
    async fn two() -> &'static str {
        "ok"
    }

    #[tokio::test]
    async fn a_declaration_is_shared_by_routes_and_apps() {
        let (first, second) = (app(routes![one, two]), app(routes![one]));
        let answers = begin(&first, &["/one", "/two", "/one", "/two"]);
        let others = begin(&second, &["/one", "/one"]);
        quiet().await;
        assert_eq!(ASYNC.counts(), (2, 2));
        ASYNC.door.add_permits(6);
        for answer in answers.await.unwrap().iter().chain(&others.await.unwrap()) {
            assert_eq!(answer.json(), "ok");
        }
        assert_eq!(ASYNC.counts(), (6, 0));
        assert_eq!(ASYNC.peak.load(SeqCst), 2);
    }

    static BLOCKING: Gauge = Gauge::new();

    #[dependency(max_concurrency = 1)]
    fn blocking() -> u32 {
        BLOCKING.enter();
        while BLOCKING.door.try_acquire().map(tokio::sync::SemaphorePermit::forget).is_err() {
            std::thread::sleep(Duration::from_millis(1));
        }
        BLOCKING.leave();
        1
    }

    #[get("/blocking")]
    async fn takes_blocking(value: Depends<blocking>) -> u32 {
        *value
    }

    #[tokio::test]
    async fn who_waits_has_no_thread() {
        let app = app(routes![takes_blocking]);
        let answers = begin(&app, &["/blocking", "/blocking", "/blocking"]);
        quiet().await;
        assert_eq!(BLOCKING.counts(), (1, 1));
        BLOCKING.door.add_permits(3);
        assert!(answers.await.unwrap().iter().all(|answer| answer.status == 200));
        assert_eq!(BLOCKING.peak.load(SeqCst), 1);
    }

    static REPLACED: Gauge = Gauge::new();

    #[dependency(max_concurrency = 1)]
    async fn original() -> u32 {
        unreachable!("another stands in for it")
    }

    #[dependency]
    async fn replacement() -> u32 {
        REPLACED.pass().await;
        1
    }

    #[get("/replaced")]
    async fn takes_original(value: Depends<original>) -> u32 {
        *value
    }

    #[tokio::test]
    async fn what_stands_in_for_a_dependency_has_its_limit() {
        let app = App::new("limited", "1").routes(routes![takes_original]);
        let app = app.replace_dependency::<original, replacement>().build().unwrap();
        let answers = begin(&app, &["/replaced", "/replaced"]);
        quiet().await;
        assert_eq!(REPLACED.counts(), (1, 1));
        REPLACED.door.add_permits(2);
        assert!(answers.await.unwrap().iter().all(|answer| answer.status == 200));
    }

    static FREE: Gauge = Gauge::new();

    #[dependency]
    async fn free() -> u32 {
        FREE.pass().await;
        1
    }

    #[get("/first")]
    async fn first(#[depends(max_concurrency = 1)] value: Depends<free>) -> u32 {
        *value
    }

    #[get("/second")]
    async fn second(#[depends(max_concurrency = 1 + 1)] value: Depends<free>) -> u32 {
        *value
    }

    #[tokio::test]
    async fn each_argument_has_a_limit_of_its_own() {
        let app = app(routes![first, second]);
        let answers = begin(&app, &["/first", "/first", "/second", "/second", "/second"]);
        quiet().await;
        assert_eq!(FREE.counts(), (3, 3));
        FREE.door.add_permits(5);
        assert!(answers.await.unwrap().iter().all(|answer| answer.status == 200));
    }

    static SHARED: AtomicUsize = AtomicUsize::new(0);

    #[dependency(max_concurrency = 1, scope = "request")]
    async fn once() -> usize {
        SHARED.fetch_add(1, SeqCst) + 1
    }

    #[get("/cached")]
    async fn cached(a: Depends<once>, b: Depends<once>) -> (usize, usize) {
        (*a, *b)
    }

    #[tokio::test]
    async fn a_value_that_is_shared_counts_once() {
        let app = app(routes![cached]);
        assert_eq!(get(&app, "/cached").await.json(), json!([1, 1]));
        app.background_done().await;
        assert_eq!(get(&app, "/cached").await.json(), json!([2, 2]));
    }

    static PLAIN: Gauge = Gauge::new();

    #[dependency(max_concurrency = 1)]
    async fn plain() -> String {
        "plain".to_owned()
    }

    #[get("/slow")]
    async fn slow(_value: Depends<plain>) {
        PLAIN.pass().await;
    }

    #[tokio::test]
    async fn what_holds_nothing_counts_while_it_runs() {
        let app = app(routes![slow]);
        let answers = begin(&app, &["/slow", "/slow", "/slow"]);
        quiet().await;
        assert_eq!(PLAIN.counts(), (3, 3));
        PLAIN.door.add_permits(3);
        answers.await.unwrap();
    }
}

mod holds {
    use super::*;

    /// How many hold something; none may be left, and never two be there.
    static HELD: Gauge = Gauge::new();
    /// The tests of this module share the declaration.
    static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

    #[dependency(max_concurrency = 1)]
    async fn resource(request: &Request, exit: ExitStack) -> Result<u32> {
        let path = request.uri().path().to_owned();
        HELD.enter();
        exit.push(async move |_| {
            tokio::task::yield_now().await;
            HELD.leave();
            assert_ne!(path, "/panics", "exits may panic");
        });
        if request.uri().path() == "/refuses" {
            return Err(HttpError::new(418, "no"));
        }
        Ok(1)
    }

    #[get("/{how}")]
    async fn ends(how: String, resource: Depends<resource>) -> Result<u32> {
        match how.as_str() {
            "fails" => Err(HttpError::internal("failed")),
            "panics" => panic!("panicked"),
            "waits" => std::future::pending().await,
            _ => Ok(*resource),
        }
    }

    #[get("/late/{count}")]
    async fn late(count: u32, _resource: Depends<resource>) -> u32 {
        count
    }

    #[get("/stream/endless")]
    async fn endless(_resource: Depends<resource>) -> TextStream<impl Stream<Item = String>> {
        TextStream::new(stream! {
            loop {
                yield "more".to_owned();
                tokio::task::yield_now().await;
            }
        })
    }

    fn service() -> Service {
        app(routes![endless, late, ends])
    }

    /// Another may have it now.
    async fn is_free(service: &Service, after: &str) {
        service.background_done().await;
        let next = tokio::time::timeout(Duration::from_secs(5), get(service, "/ok"));
        assert_eq!(next.await.unwrap_or_else(|_| panic!("{after} kept it")).json(), 1);
        service.background_done().await;
        assert_eq!(HELD.inside.load(SeqCst), 0, "{after}");
    }

    #[tokio::test]
    async fn however_a_request_ends_the_permit_is_given_back() {
        let _alone = ALONE.lock().await;
        let service = service();
        for (path, status) in [("/ok", 200), ("/fails", 500), ("/panics", 500), ("/refuses", 418), ("/late/none", 422)]
        {
            assert_eq!(get(&service, path).await.status, status, "{path}");
            is_free(&service, path).await;
        }
    }

    #[tokio::test]
    async fn who_goes_away_gives_it_back() {
        let _alone = ALONE.lock().await;
        let service = service();
        let holds = begin(&service, &["/waits"]);
        quiet().await;
        assert_eq!(HELD.inside.load(SeqCst), 1);
        let waits = begin(&service, &["/ok"]);
        quiet().await;
        // The one that waits goes first: it takes nothing with it.
        waits.abort();
        quiet().await;
        holds.abort();
        quiet().await;
        is_free(&service, "who went away").await;
    }

    #[tokio::test]
    async fn a_stream_holds_it_to_its_end() {
        let _alone = ALONE.lock().await;
        let service = service();
        let request = Request::builder().uri("/stream/endless".parse().unwrap()).finish();
        let response = service.answer(request).await;
        let waits = begin(&service, &["/ok"]);
        quiet().await;
        assert_eq!(HELD.inside.load(SeqCst), 1);
        assert!(!waits.is_finished());
        drop(response);
        assert_eq!(waits.await.unwrap()[0].json(), 1);
        is_free(&service, "a stream").await;
    }

    #[tokio::test]
    async fn only_one_is_there_at_a_time() {
        let _alone = ALONE.lock().await;
        let service = service();
        HELD.peak.store(0, SeqCst);
        begin(&service, &["/ok"; 20]).await.unwrap();
        service.background_done().await;
        assert_eq!(HELD.peak.load(SeqCst), 1);
    }
}
