"""Bodies that are larger than the memory that they may take: 1 GiB must pass through 64 MiB."""

import os
import re
import time
from pathlib import Path

import pytest
from server import Server

SIZE = 1 << 30
# Above what the server holds when nothing happens.
MAY_GROW = 64 << 20
WITHIN = 180

# 1 MiB in which no line looks like a boundary; one byte in 4,096 counts.
PIECE = bytes(range(256)) * 4_096
SUM = sum(PIECE[::4_096]) * (SIZE // len(PIECE))


@pytest.fixture
def server():
    server = Server(os.environ["VERSIFY_LARGE_BODIES"])
    yield server
    server.kill()


def peak(server) -> int:
    """The most memory that the process ever held, in bytes."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024


def send(server, head: str, before: bytes, after: bytes) -> str:
    """Sends a body of 1 GiB with what is around it; gives the answer."""
    length = len(before) + SIZE + len(after)
    with server.connect() as connection:
        connection.sendall(f"{head}\r\nHost: localhost\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n".encode())
        connection.sendall(before)
        for _ in range(SIZE // len(PIECE)):
            connection.sendall(PIECE)
        connection.sendall(after)
        return b"".join(iter(lambda: connection.recv(65_536), b"")).decode()


@pytest.mark.parametrize("form", [True, False], ids=["multipart", "raw"])
def test_an_upload_of_one_gibibyte(server, form):
    # What a first request takes is not the upload's.
    with server.client() as client:
        assert client.put("/raw", content=b"").json()["read"] == 0
        assert client.post("/upload", files={"file": b"warm"}).json()["size"] == 4
    idle = peak(server)
    start = time.monotonic()
    if form:
        head = "POST /upload HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=X"
        before = b'--X\r\nContent-Disposition: form-data; name="file"; filename="large"\r\n\r\n'
        answer = send(server, head, before, b"\r\n--X--\r\n")
    else:
        answer = send(server, "PUT /raw HTTP/1.1", b"", b"")
    took = time.monotonic() - start
    grown = peak(server) - idle
    print(f"{took:.1f} s, {grown / (1 << 20):.1f} MiB above idle")
    assert " 200 " in answer.splitlines()[0], answer
    assert f'"read":{SIZE}' in answer and f'"sum":{SUM}' in answer, answer
    assert grown < MAY_GROW
    assert took < WITHIN
