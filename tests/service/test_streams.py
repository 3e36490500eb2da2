"""Bodies too large to be held, events and messages."""

import re
import time
from pathlib import Path

import pytest
from server import Server

GIB = 1 << 30
# What a body of any size may cost.
ALLOWED_MIB = 64


@pytest.fixture
def server(live_streams):
    server = Server(live_streams)
    yield server
    server.kill()


def mib(server: Server, name: str) -> float:
    """A line of /proc/PID/status, in MiB."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(rf"{name}:\s+(\d+) kB", status)[1]) / 1024


def test_a_download_of_a_gib_is_never_held(server):
    with server.client() as client:
        client.get("/download/1000")
        idle = mib(server, "VmRSS")
        received = 0
        with client.stream("GET", f"/download/{GIB}") as answer:
            for number, piece in enumerate(answer.iter_raw(1 << 20)):
                received += len(piece)
                if number % 100 == 0:
                    # A slow reader: the server could run far ahead.
                    time.sleep(0.2)
    assert received == GIB
    assert mib(server, "VmHWM") - idle < ALLOWED_MIB


def test_an_upload_of_a_gib_is_never_held(server):
    piece = bytes(1 << 20)
    with server.client() as client:
        client.get("/download/1000")
        idle = mib(server, "VmRSS")
        assert client.post("/upload", content=(piece for _ in range(1024))).json() == GIB
    assert mib(server, "VmHWM") - idle < ALLOWED_MIB


def test_a_page_uploads_follows_and_talks(server, open_page, tmp_path):
    file = tmp_path / "large.bin"
    file.write_bytes(bytes(20 << 20))
    page = open_page(server.url).page
    page.wait_for_selector("body[data-following=yes][data-talking=yes]")

    page.set_input_files("#file", file)
    page.click("#upload")
    page.wait_for_function("document.getElementById('answer').value !== ''")
    assert page.evaluate("document.getElementById('answer').value") == f"200: {20 << 20}"
    assert page.evaluate("document.getElementById('sent').value") == 1
    page.wait_for_function(f"document.getElementById('arrived').value === '{20 << 20} bytes, all'")
    assert page.evaluate("Number(document.getElementById('events').value)") > 1

    page.fill("#text", "hello, wörld")
    page.click("#form button")
    page.wait_for_selector("#heard li")
    assert page.inner_text("#heard li") == "HELLO, WÖRLD"
