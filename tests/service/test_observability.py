"""What the demo tells of itself: metrics, request ids, a log for programs, and traces."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from server import until


@pytest.fixture
def collector():
    """What OpenTelemetry's data are sent to: the path and the body of each export."""
    exports = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self):
            exports.append((self.path, self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", exports
    server.shutdown()


def test_metrics_count_requests_by_their_route(client):
    pattern = (
        r'http_server_requests_total\{http_request_method="GET",http_route="/datasets/\{name\}",'
        r'http_response_status_code="(\d+)"\} (\d+)'
    )
    counts = lambda: {status: int(n) for status, n in re.findall(pattern, client.get("/metrics").text)}  # noqa: E731
    before = counts()
    client.get("/datasets/penguins")
    client.get("/datasets/none")
    client.get("/datasets/neither")
    after = counts()
    assert after["200"] == before.get("200", 0) + 1
    assert after["404"] == before.get("404", 0) + 2
    assert "http_server_request_duration_seconds_bucket" in client.get("/metrics").text


def test_requests_have_ids_in_answers_and_in_the_log(start_server):
    server = start_server(VERSIFY_LOG_FORMAT="json")
    with server.client() as client:
        assert client.get("/datasets", headers={"x-request-id": "mine-1"}).headers["x-request-id"] == "mine-1"
        other = client.get("/datasets/none").headers["x-request-id"]
        assert other and other != "mine-1"

    def lines():
        found = [json.loads(line) for line in server.log]
        return {line["request_id"]: line for line in found if line.get("target") == "versify::request"}

    logged = until(lambda: lines().keys() >= {"mine-1", other} and lines())
    assert (logged["mine-1"]["route"], logged["mine-1"]["status"]) == ("/datasets", 200)
    assert (logged[other]["path"], logged[other]["status"]) == ("/datasets/none", 404)


def test_traces_are_sent_where_they_are_asked_for(start_server, collector):
    url, exports = collector
    server = start_server(OTEL_EXPORTER_OTLP_ENDPOINT=url, OTEL_SERVICE_NAME="datasets", OTEL_BSP_SCHEDULE_DELAY="100")
    with server.client() as client:
        assert client.get("/datasets/penguins").status_code == 200
    traces = lambda: b"".join(body for path, body in exports if path == "/v1/traces")  # noqa: E731
    until(lambda: b"GET /datasets/{name}" in traces())
    assert b"datasets" in traces()
    assert server.end() == 0
