use versify::prelude::*;

async fn write_log(message: String) {
    println!("{message}");
}

#[post("/notify/{email}")]
async fn notify(email: String, tasks: BackgroundTasks) -> &'static str {
    tasks.add_blocking_task(write_log(email));
    "sent"
}

fn main() {}
