use std::{net::SocketAddr, time::Instant};

use poem::listener::Listener;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::oneshot,
    task::JoinHandle,
};

use super::*;

/// Answers 413 to `/large` without reading it, waits a little at `/slow`, reads all at `/read`, says hello to all else.
struct Hello;

impl Respond for Hello {
    async fn respond(&self, mut request: Box<Request>) -> Response {
        match request.uri().path() {
            "/large" => Response::builder().status(poem::http::StatusCode::PAYLOAD_TOO_LARGE).body("too large"),
            "/slow" => {
                tokio::time::sleep(Duration::from_millis(300)).await;
                "slow".into()
            }
            "/read" => {
                let read = request.take_body().into_vec().await;
                read.map_or("broken".into(), |bytes| format!("read {}", bytes.len()).into())
            }
            _ => "hello".into(),
        }
    }
}

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<io::Result<()>>,
}

async fn start(options: Options) -> Running {
    let acceptor = Tcp::bind("127.0.0.1:0").into_acceptor().await.unwrap();
    let address = acceptor.address;
    let (stop, stopped) = oneshot::channel::<()>();
    let task = tokio::spawn(run(acceptor, Arc::new(Hello), options, async {
        let _ = stopped.await;
    }));
    Running { address, stop, task }
}

async fn send(stream: &mut TcpStream, head: &str) {
    stream.write_all(format!("{head}\r\nhost: x\r\n\r\n").as_bytes()).await.unwrap();
}

/// What arrives until `end` does.
async fn read_until(stream: &mut TcpStream, end: &str) -> String {
    let mut all = Vec::new();
    let mut buffer = [0; 1024];
    while !String::from_utf8_lossy(&all).ends_with(end) {
        let read = stream.read(&mut buffer).await.unwrap();
        assert!(read > 0, "closed after {:?}", String::from_utf8_lossy(&all));
        all.extend_from_slice(&buffer[..read]);
    }
    String::from_utf8(all).unwrap()
}

#[tokio::test]
async fn connections_are_kept_and_pipelined() {
    let server = start(Options::default()).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    for _ in 0..2 {
        send(&mut stream, "GET / HTTP/1.1").await;
        assert!(read_until(&mut stream, "hello").await.starts_with("HTTP/1.1 200 OK"));
    }
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\nGET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let both = read_until(&mut stream, "slow").await;
    assert_eq!(both.matches("200 OK").count(), 2);
}

#[tokio::test]
async fn http2_is_understood_without_asking() {
    let server = start(Options::default()).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").await.unwrap();
    let mut frame = [0; 9];
    stream.read_exact(&mut frame).await.unwrap();
    assert_eq!(frame[3], 4, "a SETTINGS frame");
}

#[tokio::test]
async fn slow_heads_and_idle_connections_are_cut() {
    let options = Options { header_read_timeout: Duration::from_millis(200), ..Options::default() };
    let server = start(options).await;
    for sent in [&b""[..], b"PRI * H", b"GET / HTTP/1.1\r\nhos", b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"] {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(sent).await.unwrap();
        let mut all = Vec::new();
        let ended = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut all)).await;
        assert!(ended.is_ok(), "{:?} was kept open", String::from_utf8_lossy(sent));
    }
}

#[tokio::test]
async fn a_stop_lets_running_requests_finish() {
    let server = start(Options::default()).await;
    let mut idle = TcpStream::connect(server.address).await.unwrap();
    send(&mut idle, "GET / HTTP/1.1").await;
    read_until(&mut idle, "hello").await;
    let mut slow = TcpStream::connect(server.address).await.unwrap();
    send(&mut slow, "GET /slow HTTP/1.1").await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    server.stop.send(()).unwrap();
    let mut rest = Vec::new();
    idle.read_to_end(&mut rest).await.unwrap();
    assert!(TcpStream::connect(server.address).await.is_err(), "new connections are refused");
    let answer = read_until(&mut slow, "slow").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    drop((idle, slow));
    server.task.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_stop_does_not_wait_for_ever() {
    let options = Options { grace: Duration::from_millis(100), ..Options::default() };
    let server = start(options).await;
    let mut slow = TcpStream::connect(server.address).await.unwrap();
    send(&mut slow, "GET /slow HTTP/1.1").await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    let begin = Instant::now();
    server.stop.send(()).unwrap();
    server.task.await.unwrap().unwrap();
    assert!(begin.elapsed() < Duration::from_millis(250));
}

#[tokio::test]
async fn an_early_answer_is_read_by_a_client_that_still_writes() {
    let server = start(Options::default()).await;
    let address = server.address;
    let answer = tokio::task::spawn_blocking(move || {
        use std::io::{Read, Write};
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        let length = 50 << 20;
        write!(stream, "POST /large HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n\r\n").unwrap();
        // It writes everything before it reads, as simple clients do.
        let piece = vec![0; 1 << 20];
        for _ in 0..50 {
            if stream.write_all(&piece).is_err() {
                break;
            }
        }
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        answer
    });
    let answer = answer.await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer:?}");
}

#[tokio::test]
async fn nothing_waits_to_be_sent() {
    let mut acceptor = Tcp::bind("127.0.0.1:0").into_acceptor().await.unwrap();
    let client = TcpStream::connect(acceptor.address).await.unwrap();
    let (stream, ..) = acceptor.accept().await.unwrap();
    assert!(stream.nodelay().unwrap());
    drop(client);
}

/// The client would send its next request on a connection that is closed behind the answer.
#[tokio::test]
async fn who_is_answered_before_the_body_was_read_is_told_that_the_connection_ends() {
    let server = start(Options::default()).await;
    for (request, closes) in [
        ("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\n", true),
        ("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\n1234", false),
        ("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n4\r\n1234\r\n", true),
        ("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n", false),
        ("POST /read HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\n1234", false),
    ] {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let answer = read_until(&mut stream, if request.contains("/read") { "read 4" } else { "hello" }).await;
        assert_eq!(answer.to_ascii_lowercase().contains("connection: close"), closes, "{request}: {answer}");
        if !closes {
            send(&mut stream, "GET / HTTP/1.1").await;
            read_until(&mut stream, "hello").await;
        }
    }
}
