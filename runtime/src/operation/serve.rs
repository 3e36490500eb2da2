//! How a call is answered: the arguments are read, the function is called, its value becomes the response.
//!
//! Generated code names an operation's arguments, its function and its answer, and leaves the rest to one of these: a
//! future that the compiler has checked here costs it nothing there.

use poem::{Response, http::StatusCode};

use super::{
    Answer, Call, Operation,
    source::{Later, Source},
};

macro_rules! serve {
    ($($name:ident($($type:ident $value:ident $index:tt),*);)*) => {$(
        /// Answers with what a function of so many arguments returns.
        ///
        /// What can be read at once comes first: broken JSON ends the request before a dependency runs.
        // `of` gives what is known of the operation. It is a function, of which the compiler knows what it gives even
        // after the future has waited: all of these are direct calls.
        pub fn $name<'c, O: Operation, $($type: Send + 'static,)* F>(
            call: &'c mut Call,
            of: impl Fn() -> (&'static ($(Source<$type>,)*), fn($($type),*) -> F, fn(F::Output, StatusCode) -> Response)
            + Send
            + 'c,
        ) -> Answer<'c>
        where
            F: Future + Send + 'c,
        {
            Box::pin(async move {
                $(let $value = of().0.$index.read(call);)*
                if call.is_refused() {
                    return call.reject();
                }
                $(
                    let $value = match of().0.$index.way.later {
                        Later::Never => $value,
                        Later::Now(complete) => complete(&of().0.$index.field, call),
                        Later::Wait(complete) => complete(&of().0.$index.field, call).await,
                    };
                )*
                if call.is_faulty() {
                    return call.reject();
                }
                // Without arguments there is nothing to ask.
                #[allow(irrefutable_let_patterns)]
                let ($(Some($value),)*) = ($($value,)*) else {
                    return call.reject();
                };
                let answer = of().1($($value),*).await;
                of().2(answer, call.status(O::META.status_code()))
            })
        }
    )*};
}

serve! {
    serve0();
    serve1(A a 0);
    serve2(A a 0, B b 1);
    serve3(A a 0, B b 1, C c 2);
    serve4(A a 0, B b 1, C c 2, D d 3);
    serve5(A a 0, B b 1, C c 2, D d 3, E e 4);
    serve6(A a 0, B b 1, C c 2, D d 3, E e 4, G g 5);
    serve7(A a 0, B b 1, C c 2, D d 3, E e 4, G g 5, I i 6);
    serve8(A a 0, B b 1, C c 2, D d 3, E e 4, G g 5, I i 6, J j 7);
}
