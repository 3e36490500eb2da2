use versify::prelude::*;

#[dependency]
async fn session(token: String) -> Result<u64, String> {
    token.parse().map_err(|_| "no number".to_owned())
}

#[get("/count")]
async fn count(session: Depends<session>) -> u64 {
    *session
}

fn main() {}
