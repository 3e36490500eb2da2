"""What an app tells others: the log, Prometheus, and a collector of OpenTelemetry's."""

import json
import os
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from server import Server

BINARY = os.environ.get("VERSIFY_OBSERVED", "")


class Collector:
    """Keeps what is sent to it."""

    def __init__(self, status=200):
        self.received: dict[str, bytes] = {}
        self.headers: list[dict] = []
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                collector.received[self.path] = collector.received.get(self.path, b"") + body
                collector.headers.append({name.lower(): value for name, value in self.headers.items()})
                self.send_response(status)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()


@pytest.fixture
def collector():
    collector = Collector()
    yield collector
    collector.close()


def serve(requests=("/items/3", "/fails", "/items/no"), **environment):
    """Sends requests to an app, and ends it: its log."""
    server = Server(BINARY, **environment)
    try:
        with server.client() as client:
            answers = [client.get(path) for path in requests]
        assert server.end() == 0, server.text()
    finally:
        server.kill()
    return answers, server.text()


def test_what_is_left_is_sent_at_the_end(collector):
    answers, log = serve(
        OTEL_EXPORTER_OTLP_ENDPOINT=collector.url,
        OTEL_EXPORTER_OTLP_HEADERS="api-key=k",
        OTEL_RESOURCE_ATTRIBUTES="deployment.environment=test",
    )
    assert [answer.status_code for answer in answers] == [200, 500, 422]
    assert set(collector.received) == {"/v1/traces", "/v1/metrics", "/v1/logs"}, log
    for path, told in {
        "/v1/traces": [b"GET /items/{item_id}", b"versify.endpoint", b"observed::read_item", b"http.route"],
        "/v1/metrics": [b"http.server.request.duration", b"http.server.active_requests"],
        "/v1/logs": [b"the disk is gone", b"versify.validation.failed", b"http.server.request.exception"],
    }.items():
        for words in [*told, b"Observed", b"deployment.environment"]:
            assert words in collector.received[path], (path, words)
    assert all(headers.get("api-key") == "k" for headers in collector.headers)
    assert all(headers["content-type"] == "application/x-protobuf" for headers in collector.headers)


@pytest.mark.parametrize(
    ("environment", "paths"),
    [
        ({}, set()),
        ({"OTEL_SDK_DISABLED": "true"}, set()),
        ({"OTEL_METRICS_EXPORTER": "none", "OTEL_LOGS_EXPORTER": "none"}, {"/v1/traces"}),
    ],
)
def test_signals_are_switched_off(collector, environment, paths):
    if environment:
        environment = environment | {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url}
    serve(**environment)
    assert set(collector.received) == paths


@pytest.mark.parametrize(
    ("environment", "warning"),
    [
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "localhost:4318"}, "`localhost:4318` is no endpoint"),
        ({"OTEL_TRACES_EXPORTER": "zipkin"}, "OTEL_TRACES_EXPORTER is `zipkin`"),
        ({"OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}, "the protocol `grpc` is not known here"),
        ({"OTEL_PROPAGATORS": "b3"}, "OTEL_PROPAGATORS: `b3` is not known here"),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9", "OTEL_EXPORTER_OTLP_TIMEOUT": "500"}, "WARN"),
    ],
)
def test_what_is_wrong_is_a_warning_and_the_app_serves(collector, environment, warning):
    settings = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url} | environment
    answers, log = serve(["/items/3"], **settings)
    assert answers[0].status_code == 200
    assert warning in log or (warning == "WARN" and "ERROR" in log), log


def test_a_log_for_programs():
    answers, log = serve(VERSIFY_LOG_FORMAT="json")
    lines = [json.loads(line) for line in log.splitlines()]
    requests = [line for line in lines if line["target"] == "versify::request"]
    assert [line["status"] for line in requests] == [200, 500, 422]
    assert [line["request_id"] for line in requests] == [answer.headers["x-request-id"] for answer in answers]
    assert requests[0]["route"] == "/items/{item_id}"
    (error,) = [line for line in lines if line["level"] == "ERROR"]
    assert error["reason"] == "the disk is gone"
    assert error["operation"] == "observed::fails"


def test_a_format_that_is_none():
    environment = os.environ | {"VERSIFY_LOG_FORMAT": "yaml", "PORT": "0"}
    ended = subprocess.run([BINARY], env=environment, capture_output=True, text=True, timeout=60)
    assert ended.returncode != 0
    assert "VERSIFY_LOG_FORMAT: `yaml` is no format of the log; write `text` or `json`" in ended.stderr


def test_prometheus_is_answered():
    answers, _ = serve(["/items/3", "/items/4", "/metrics"])
    assert answers[2].headers["content-type"].startswith("application/openmetrics-text")
    counted = 'http_server_requests_total{http_request_method="GET",http_route="/items/{item_id}",http_response_status_code="200"} 2'
    assert counted in answers[2].text
