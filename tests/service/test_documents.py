"""The OpenAPI document in its three versions, checked with the OpenAPI Initiative's own schemas."""

import json
import os
import socket
import subprocess
from pathlib import Path

import httpx
import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator, OpenAPIV32SpecValidator
from server import until

TESTS = Path(__file__).parent.parent
VERSIONS = {
    "3.0.3": OpenAPIV30SpecValidator,
    "3.1.0": OpenAPIV31SpecValidator,
    "3.2.0": OpenAPIV32SpecValidator,
}


def without_item_schemas(part):
    """FastAPI writes this word of 3.2 into documents of 3.1, and so does versify: the rest of them is checked."""
    if isinstance(part, dict):
        return {name: without_item_schemas(value) for name, value in part.items() if name != "itemSchema"}
    if isinstance(part, list):
        return [without_item_schemas(value) for value in part]
    return part


def check(document, version):
    assert document["openapi"] == version
    if version == "3.1.0":
        document = without_item_schemas(document)
    faults = [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message}" for fault in VERSIONS[version](document).iter_errors()]
    assert not faults, "\n".join(faults)


def snapshot(name):
    text = (TESTS / "product/snapshots" / f"product__openapi_versions__{name}.snap").read_text()
    return json.loads(text.split("---\n", 2)[2])


@pytest.mark.parametrize("name, version", [("in_3_0_3", "3.0.3"), ("in_3_1_0", "3.1.0")])
def test_the_app_that_says_everything(name, version):
    check(snapshot(name), version)


def test_what_3_1_says_3_2_says_too():
    check(snapshot("in_3_1_0") | {"openapi": "3.2.0"}, "3.2.0")


def test_the_schemas_find_mistakes():
    with pytest.raises(AssertionError, match="exclusiveMinimum|is not of type"):
        check(snapshot("in_3_1_0") | {"openapi": "3.0.3"}, "3.0.3")


@pytest.mark.parametrize("version", VERSIONS)
def test_the_demo(client, version):
    check(client.get("/openapi.json", params={"version": version}).json(), version)


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    """The server of ported tutorial cases; the host of a request chooses the case."""
    folder = tmp_path_factory.mktemp("cases")
    for name in ("static", "templates"):
        (folder / name).mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen([os.environ["VERSIFY_FASTAPI_CASES"]], cwd=folder, env=os.environ | {"ADDR": address})
    with httpx.Client(base_url=f"http://{address}", timeout=60, trust_env=False) as client:

        def answers():
            assert process.poll() is None
            try:
                return client.get("/")
            except httpx.ConnectError:
                return None

        until(answers, within=60)
        yield client
    process.kill()
    process.wait()


def ported():
    lines = (TESTS / "fastapi/ported.txt").read_text().splitlines()
    return [line.split()[0] for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("version", VERSIONS)
def test_the_ported_cases(cases, version):
    checked = 0
    for case in ported():
        # The cases of settings want a variable to be set.
        headers = {"host": case, "x-conformance-env": "ADMIN_EMAIL=admin@example.com"}
        answer = cases.get("/openapi.json", params={"version": version}, headers=headers)
        if answer.status_code in (307, 404):
            continue  # a case that switches the document off, moves it, or wants TLS
        assert answer.status_code == 200, (case, answer.text)
        check(answer.json(), version)
        checked += 1
    assert checked > 50
