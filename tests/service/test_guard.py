"""Who may write, and how much."""

import gzip
import json
import os
import re
import subprocess

import pytest
from server import until


def run(*arguments) -> str:
    return subprocess.run([os.environ["VERSIFY_DEMO"], *arguments], capture_output=True, text=True, check=True).stdout


def test_writing_needs_a_key_where_keys_are_configured(start_server):
    key, hash = re.search(r"key\s+(\S+)\nhash\s+(\S+)", run("new-key")).groups()
    server = start_server(VERSIFY_DEMO_API_KEYS=f"{'0' * 64},{hash}")
    with server.client() as client:
        upload = lambda **headers: client.post("/datasets?name=a", headers=headers, content=b"a\n1\n")  # noqa: E731
        refused = upload()
        assert (refused.status_code, refused.json()) == (401, {"detail": "Not authenticated"})
        assert refused.headers["www-authenticate"] == "Bearer"
        assert upload(authorization=f"Bearer {key}x").status_code == 401
        assert upload(authorization=f"Bearer {hash}").status_code == 401
        for method, path in [
            ("DELETE", "/datasets/penguins"), ("POST", "/datasets/penguins/rows"), ("POST", "/datasets/penguins/refresh"),
            ("POST", "/transforms"), ("POST", "/jobs/0190a3d2-0000-7000-8000-000000000000/cancel"),
        ]:  # fmt: skip
            assert client.request(method, path).status_code == 401, path
        assert client.get("/datasets/penguins/rows").status_code == 200
        assert client.post("/query", json={"sql": "SELECT 1"}).status_code == 200
        assert upload(authorization=f"Bearer {key}").status_code == 201
        assert client.get("/datasets").json()[0]["name"] == "a"
    assert key not in server.text() and hash not in server.text()


def test_a_key_that_is_no_hash_ends_the_start(start_server):
    with pytest.raises(RuntimeError, match="SHA-256"):
        start_server(VERSIFY_DEMO_API_KEYS="secret")


def test_help_and_document(client):
    help = run("--help")
    for name in ("HOST", "PORT", "VERSIFY_DEMO_STORE", "VERSIFY_DEMO_API_KEYS", "VERSIFY_DEMO_MEMORY", "RUST_LOG", "OTEL_EXPORTER_OTLP_ENDPOINT"):
        assert name in help
    assert json.loads(run("openapi")) == client.get("/openapi.json").json()


def test_limits(start_server, tmp_path):
    server = start_server(VERSIFY_DEMO_ROWS="1000", VERSIFY_DEMO_UNPACKED="1", VERSIFY_DEMO_QUERY_SECONDS="1")
    with server.client() as client:
        post = lambda name, content: client.post(f"/datasets?name={name}", content=content)  # noqa: E731
        assert post("full", b"a\n" + b"1\n" * 1000).status_code == 201
        answer = post("over", b"a\n" + b"1\n" * 1001)
        assert (answer.status_code, answer.json()["detail"]) == (413, "the table has more than 1000 rows")
        assert post("over", b'{"a":1}\n' * 1001).status_code == 413
        answer = post("bomb", gzip.compress(b"a\n" + b"1" * (2 << 20)))
        assert answer.status_code == 413 and "unpacked" in answer.json()["detail"]
        pairs = "SELECT count(*) AS n FROM full a CROSS JOIN full b CROSS JOIN full c CROSS JOIN full d WHERE a.a <= b.a"
        answer = client.post("/query", json={"sql": pairs.replace("full", '"full"')})
        assert (answer.status_code, answer.json()["detail"]) == (503, "the query took longer than 1 s")
        steps = [{"step": "union", "dataset": "full"}]
        answer = client.post("/transforms", json={"target": "twice", "dataset": "full", "steps": steps})
        location = answer.headers["location"]
        job = until(lambda: (job := client.get(location).json())["state"] not in ("queued", "running") and job, 60)
        assert (job["state"], job["error"]) == ("failed", "the table has more than 1000 rows")
        assert client.get("/health/ready").json() == client.get("/health/live").json() == "ok"
    assert list((tmp_path / "store" / "staging").iterdir()) == []
