import os

import data
import pytest
from browser import Browser
from server import Demo, Server


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The demo that most tests share. It must have survived them all."""
    server = Demo(tmp_path_factory.mktemp("store"))
    yield server
    try:
        assert server.process.poll() is None, f"the demo is dead:\n{server.text()}"
        assert server.end() == 0, server.text()
        assert "panicked" not in server.text(), server.text()
    finally:
        server.kill()


@pytest.fixture(scope="session")
def client(demo):
    with demo.client() as client:
        yield client


@pytest.fixture
def start_demo(tmp_path):
    """Starts demos of one's own; they are gone after the test."""
    demos = []

    def start(store=tmp_path / "store"):
        demos.append(Demo(store))
        return demos[-1]

    yield start
    for server in demos:
        server.kill()


@pytest.fixture
def start_server(tmp_path):
    """Starts demos with settings of one's own; they are gone after the test."""
    servers = []

    def start(**environment):
        settings = {"VERSIFY_DEMO_STORE": str(tmp_path / "store")} | environment
        servers.append(Server(os.environ["VERSIFY_DEMO"], **settings))
        return servers[-1]

    yield start
    for server in servers:
        server.kill()


@pytest.fixture(scope="session")
def bench_server():
    server = Server(os.environ["VERSIFY_BENCH_SERVER"])
    yield server
    server.kill()


@pytest.fixture(scope="session")
def every_kind():
    server = Server(os.environ["VERSIFY_EVERY_KIND"])
    yield server
    server.kill()


@pytest.fixture(scope="session")
def live_streams():
    """The binary, for processes of one's own: what is measured is a process's peak."""
    return os.environ["VERSIFY_LIVE_STREAMS"]


@pytest.fixture(scope="session")
def flights(client):
    """The dataset `flights`, uploaded as a stream. Gives the answer to the upload."""
    body = data.pieces(data.flights_csv())
    answer = client.post("/datasets", params={"name": "flights"}, headers={"content-type": "text/csv"}, content=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.fixture(scope="session")
def weather(client):
    body = data.pieces(data.weather_csv())
    answer = client.post("/datasets", params={"name": "weather"}, headers={"content-type": "text/csv"}, content=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.fixture(scope="session")
def browser():
    with Browser() as browser:
        yield browser


@pytest.fixture
def open_page(browser, tmp_path):
    """Opens a page from which nothing but its own server can be reached. Checks in the end that it tried nothing else
    and complained of nothing; keeps a picture of it."""
    pages = []

    def open_page(url):
        pages.append(browser.open(url))
        return pages[-1]

    yield open_page
    for number, page in enumerate(pages):
        page.close(tmp_path / f"page-{number}.png")
