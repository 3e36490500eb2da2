"""Clients that are generated of the demo's document read the demo."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CLIENTS = Path(__file__).parent.parent / "clients"
CACHE = Path(os.environ.get("VERSIFY_CLIENTS", "~/.cache/versify/clients")).expanduser()


def run(*command, cwd, **environment):
    result = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=os.environ | environment, capture_output=True, text=True
    )
    assert result.returncode == 0, f"{command}:\n{result.stdout}\n{result.stderr}"
    return result.stdout


@pytest.fixture(scope="module")
def expected(client):
    """What a client must have read: the same as one without any types."""
    datasets = client.get("/datasets").json()
    penguins = next(dataset for dataset in datasets if dataset["name"] == "penguins")
    return {
        "rows": penguins["rows"],
        "columns": len(penguins["columns"]),
        "page": client.get("/datasets/penguins/rows", params={"limit": 2}).json(),
        "missing": [404, client.get("/datasets/nothing").json()["detail"]],
    }


def document(client, folder, version):
    document = client.get("/openapi.json", params={"version": version}).json()
    (folder / "openapi.json").write_text(json.dumps(document))
    return document


def test_openapi_typescript(client, demo, expected, tmp_path):
    sources = CLIENTS / "typescript"
    key = hashlib.sha256((sources / "package.json").read_bytes()).hexdigest()[:16]
    installed = CACHE / f"typescript-{key}"
    if not (installed / "complete").exists():
        installed.mkdir(parents=True, exist_ok=True)
        shutil.copy(sources / "package.json", installed)
        run("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", cwd=installed)
        (installed / "complete").touch()
    for name in ["package.json", "tsconfig.json", "read.ts"]:
        shutil.copy(sources / name, tmp_path)
    (tmp_path / "node_modules").symlink_to(installed / "node_modules")
    document(client, tmp_path, "3.1.0")
    binaries = installed / "node_modules/.bin"
    generate = [binaries / "openapi-typescript", "openapi.json", "-o", "schema.d.ts", "--default-non-nullable", "false"]
    run(*generate, cwd=tmp_path)
    run(binaries / "tsc", "-p", ".", cwd=tmp_path)
    said = json.loads(run("node", "out/read.js", demo.url, cwd=tmp_path))
    assert said == expected | {"invalid": 422}


def test_openapi_python_client(client, demo, expected, tmp_path):
    document(client, tmp_path, "3.1.0")
    (tmp_path / "config.yml").write_text("post_hooks: []\n")
    generator = Path(sys.executable).parent / "openapi-python-client"
    options = ["--path", "openapi.json", "--meta", "none", "--output-path", "datasets_client", "--config", "config.yml"]
    run(generator, "generate", *options, cwd=tmp_path)
    shutil.copy(CLIENTS / "read.py", tmp_path)
    said = json.loads(run(sys.executable, "read.py", demo.url, cwd=tmp_path, NO_PROXY="*"))
    assert said == expected | {"invalid": 422}


def reads(document):
    """The operations that progenitor can make: it knows one form of an answer, and of a fault none but those of one type."""
    paths = {}
    for path, item in document["paths"].items():
        operation = item.get("get", {})
        good = {
            status: answer | {"content": {"application/json": answer["content"]["application/json"]}}
            for status, answer in operation.get("responses", {}).items()
            if status[0] == "2" and "application/json" in answer.get("content", {})
        }
        if good:
            paths[path] = {"get": operation | {"responses": good}}
    return document | {"paths": paths}


def test_progenitor(client, demo, expected):
    crate = CACHE / "rust"
    shutil.copytree(CLIENTS / "rust", crate, dirs_exist_ok=True)
    text = json.dumps(reads(document(client, crate, "3.0.3")), sort_keys=True)
    (crate / "openapi.json").write_text(text)
    run("cargo", "build", "--quiet", cwd=crate, CARGO_TARGET_DIR=str(crate / "target"))
    said = json.loads(run(crate / "target/debug/versify-demo-client", demo.url, cwd=crate))
    assert said == expected
