use versify::prelude::*;

async fn write_log() {
    println!("sent");
}

#[post("/notify/{email}")]
async fn notify(email: String, tasks: BackgroundTasks) -> &'static str {
    tasks.add_task(write_log);
    println!("{email}");
    "sent"
}

fn main() {}
