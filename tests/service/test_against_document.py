"""Requests that schemathesis makes out of a document, good ones and bad ones: no answer that the document does not allow,
and none that is the server's own fault."""

import subprocess
import sys
from pathlib import Path

CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    # Not `allow_header_conformance`: as FastAPI's, an `Allow` names the methods of the first operation only.
    "unsupported_method",
]


def check(url: str, folder: Path, checks: list[str], *options: str):
    command = [
        Path(sys.executable).with_name("schemathesis"),
        "run",
        f"{url}/openapi.json",
        # The same requests every time.
        "--generation-deterministic",
        "--suppress-health-check=all",
        "--request-timeout=30",
        "--continue-on-failure",
        "--warnings=off",
        "--no-color",
        f"--checks={','.join(checks)}",
        *options,
    ]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600)
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_kind_of_argument_and_type(every_kind, tmp_path):
    check(every_kind.url, tmp_path, CHECKS, "--phases=examples,coverage,fuzzing", "--max-examples=15")
    assert every_kind.process.poll() is None, every_kind.text()
    assert "panicked" not in every_kind.text()


def test_what_the_document_allows_is_accepted(every_kind, tmp_path):
    options = ["--mode=positive", "--phases=coverage,fuzzing", "--max-examples=15"]
    # Others have rules that JSON Schema cannot say, or that FastAPI's documents do not: keys of maps, 64 bits, an optional
    # parameter that cannot be `null`.
    models = "nested|recursive|shared|visible|list|tree|tagged|untagged|generic|embedded|several|optional|closed|strict"
    options += [f"--include-path-regex=^/({models})$"]
    check(every_kind.url, tmp_path, ["positive_data_acceptance"], *options)


def test_the_demo(start_demo, tmp_path):
    # A store of its own: datasets come and go.
    demo = start_demo()
    check(demo.url, tmp_path, CHECKS, "--phases=examples,coverage,fuzzing", "--max-examples=10")
    assert demo.process.poll() is None, demo.text()
    assert "panicked" not in demo.text()
