use versify::prelude::*;

async fn write_log(message: String) {
    let message = std::rc::Rc::new(message);
    tokio::task::yield_now().await;
    println!("{message}");
}

#[post("/notify/{email}")]
async fn notify(email: String, tasks: BackgroundTasks) -> &'static str {
    tasks.add_task(write_log(email));
    "sent"
}

fn main() {}
