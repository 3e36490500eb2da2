"""A process from its start to its end."""

import os
import re
import signal
import socket
import subprocess

import data
import httpx
import pytest
from server import Demo, until


def head_of_upload(name: str, length: int) -> bytes:
    return (
        f"POST /datasets?name={name} HTTP/1.1\r\nhost: demo\r\ncontent-type: text/csv\r\ncontent-length: {length}\r\n\r\n"
    ).encode()


def read_to_end(connection) -> bytes:
    answer = b""
    while piece := connection.recv(1 << 16):
        answer += piece
    return answer


def test_a_running_upload_is_finished_before_the_end(start_demo):
    demo = start_demo()
    # The server waits 30 seconds for running requests: all of the flights take as long in a debug build.
    body = data.first_flights_csv(50_000)
    half = len(body) // 2
    with demo.connect() as connection:
        connection.sendall(head_of_upload("flights", len(body)) + body[:half])
        staging = demo.store / "staging"
        # It arrives: the request runs.
        until(lambda: any(file.stat().st_size > 0 for file in staging.iterdir()))
        demo.process.send_signal(signal.SIGTERM)
        until(demo.is_refusing)
        assert demo.process.poll() is None
        connection.sendall(body[half:])
        # The server closes the connection when it has answered.
        answer = read_to_end(connection)
    assert answer.startswith(b"HTTP/1.1 201 "), answer
    assert b'"rows":50000' in answer
    assert demo.wait() == 0, demo.text()
    assert list(staging.iterdir()) == []

    again = start_demo(demo.store)
    with again.client() as client:
        assert client.get("/datasets/flights").json()["rows"] == 50_000


def test_uploads_that_stop_half_way_hold_up_nobody_and_leave_nothing(start_demo):
    demo = start_demo()
    # Halves are larger than what is written at a time.
    body = data.first_flights_csv(7000)
    staging = demo.store / "staging"
    # More than are loaded while they come.
    connections = [demo.connect() for _ in range(6)]
    for number, connection in enumerate(connections):
        connection.sendall(head_of_upload(f"half-{number}", len(body)) + body[: len(body) // 2])
    until(lambda: sum(file.stat().st_size > 0 for file in staging.iterdir()) >= len(connections))
    with demo.client() as client:
        assert client.post("/datasets?name=whole", content=body).json()["rows"] == 7000
        for connection in connections:
            connection.close()
        until(lambda: list(staging.iterdir()) == [])
        assert {dataset["name"] for dataset in client.get("/datasets").json()} == {"penguins", "whole"}
        # Those that come next are loaded as if nothing had been.
        for number in range(6):
            assert client.post(f"/datasets?name=half-{number}", content=body).status_code == 201
    assert demo.end(signal.SIGTERM) == 0, demo.text()
    assert "panicked" not in demo.text()


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT], ids=lambda by: by.name)
def test_an_idle_server_ends_at_once(start_demo, by):
    demo = start_demo()
    # A connection that is kept alive and has no request does not hold it up.
    with demo.client() as client:
        assert client.get("/datasets").status_code == 200
        assert demo.end(by) == 0, demo.text()
    assert "panicked" not in demo.text()


def test_data_outlast_the_process(start_demo):
    first = start_demo()
    with first.client() as client:
        answer = client.post("/datasets?name=kept", headers={"content-type": "text/csv"}, content="a,b\n1,x\n2,NA\n")
        assert answer.status_code == 201
        before = client.get("/datasets").json()
        rows = client.get("/datasets/kept/rows").json()
    assert first.end() == 0

    second = start_demo(first.store)
    with second.client() as client:
        assert client.get("/datasets").json() == before
        assert client.get("/datasets/kept/rows").json() == rows
        assert rows["rows"] == [{"a": 1, "b": "x"}, {"a": 2, "b": None}]
        assert client.get("/datasets/penguins").json()["rows"] == 344


def test_data_outlast_a_kill(start_demo):
    first = start_demo()
    with first.client() as client, first.connect() as connection:
        answer = client.post("/datasets?name=kept", headers={"content-type": "text/csv"}, content="a\n1\n")
        assert answer.status_code == 201
        # An upload that never ends leaves nothing behind.
        connection.sendall(head_of_upload("torn", 1000) + b"a\n1\n")
        first.kill()

    second = start_demo(first.store)
    with second.client() as client:
        assert [dataset["name"] for dataset in client.get("/datasets").json()] == ["kept", "penguins"]
    assert list((first.store / "staging").iterdir()) == []


def test_one_store_has_one_process(start_demo):
    first = start_demo()
    with pytest.raises(RuntimeError, match="in use by another process"):
        Demo(first.store)
    with first.client() as client:
        assert client.get("/datasets").status_code == 200


def test_a_socket_that_is_kept_open_is_served_by_one_process_after_the_other(live_streams):
    """What a development loop does: the watcher keeps the socket, and no request is refused between two builds."""

    def start(listener):
        process = subprocess.Popen(
            [live_streams],
            env=os.environ | {"LISTEN_FDS": "1", "NO_COLOR": "1", "PORT": "1"},
            stderr=subprocess.PIPE,
            text=True,
            # The first socket that is handed over is the descriptor 3.
            preexec_fn=lambda: os.dup2(listener.fileno(), 3),
            pass_fds=[3],
        )
        for line in process.stderr:
            if found := re.search(r"listening on http://127\.0\.0\.1:(\d+)", line):
                return process, int(found[1])
        raise AssertionError("it did not start")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        process, served = start(listener)
        assert served == port
        assert httpx.get(f"http://127.0.0.1:{port}/openapi.json", trust_env=False).status_code == 200
        process.terminate()
        process.wait(15)
        with socket.create_connection(("127.0.0.1", port), timeout=30) as waiting:
            waiting.sendall(b"GET /openapi.json HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
            process, _ = start(listener)
            assert read_to_end(waiting).startswith(b"HTTP/1.1 200 OK")
        process.terminate()
        process.wait(15)
