"""Asks FastAPI itself, and writes down what it answers: the tables in this folder.

    ~/.cache/versify/fastapi/bin/python tests/product/upstream/record.py

The environment is the one of tests/fastapi. Each app here has its twin in a Rust file beside this one; each row of a table
is a request and the answer to it: method, URI, headers, body, status, answer.
"""

import asyncio
import json
from pathlib import Path
from urllib.parse import unquote

import aliases
import answers
import bodies
import dependencies
import forms
import parameters
import routing
import schemas

FOLDER = Path(__file__).parent


async def ask(app, method, uri, headers=(), body=""):
    path, _, query = uri.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers],
        "server": ("test", 80),
        "client": ("test", 1),
    }
    sent = []

    async def receive():
        return {"type": "http.request", "body": body.encode(), "more_body": False}

    async def send(message):
        sent.append(message)

    await app(scope, receive, send)
    answer = b"".join(message.get("body", b"") for message in sent)
    return [method, uri, list(headers), body, sent[0]["status"], json.loads(answer) if answer else None]


async def record(name, app, requests):
    rows = [await ask(app, *request) for request in requests]
    rows.append(await ask(app, "GET", "/openapi.json"))
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    (FOLDER / f"{name}.json").write_text(f"[\n{lines}\n]\n")
    print(f"{name}: {len(rows)} rows")


async def main():
    for module in [parameters, bodies, schemas, aliases, answers, forms, routing, dependencies]:
        for name, app, requests in module.tables():
            await record(name, app, requests)


asyncio.run(main())
