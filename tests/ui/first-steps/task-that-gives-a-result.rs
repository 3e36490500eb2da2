use versify::prelude::*;

async fn write_log(message: String) -> std::io::Result<()> {
    tokio::fs::write("log", message).await
}

#[post("/notify/{email}")]
async fn notify(email: String, tasks: BackgroundTasks) -> &'static str {
    tasks.add_task(write_log(email));
    "sent"
}

fn main() {}
