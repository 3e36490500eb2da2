"""Answers that are no JSON: front ends, streams. Asks FastAPI itself, and writes down what it answers.

    ~/.cache/versify/fastapi/bin/python tests/product/upstream/texts.py

A row is method, URI, headers, status, content type, and the text (of a redirect: where it leads).
"""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterable, Iterable
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote

from fastapi import APIRouter, Cookie, Depends, FastAPI, HTTPException, Query, Response
from fastapi.responses import EventSourceResponse, StreamingResponse
from pydantic import BaseModel


def folder(**files):
    root = Path(tempfile.mkdtemp())
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_DOT_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


SITE = {
    "index_DOT_html": "site",
    "assets__app_DOT_js": "script",
    "about__index_DOT_html": "about",
    "items": "a file",
    "shadowed__index_DOT_html": "shadowed",
    "administrator_DOT_txt": "administrator",
    "empty__deep__x_DOT_txt": "x",
}


def frontends():
    app = FastAPI()

    @app.get("/items")
    def read_items():
        return "items"

    @app.get("/shadowed/")
    def shadowed():
        return "operation"

    @app.get("/missing/{name}")
    def missing(name: str):
        raise HTTPException(404, f"no {name}")

    def session(session: Annotated[str | None, Cookie()] = None):
        if session != "ok":
            raise HTTPException(401, "log in")

    def limited(response: Response, limit: Annotated[int, Query(le=3)] = 1):
        response.headers["x-limit"] = str(limit)

    plain = APIRouter(prefix="/plain")
    plain.frontend("/ui/", directory=folder(index_DOT_html="ui", a_DOT_txt="a"))
    inner = APIRouter(prefix="/inner", dependencies=[Depends(limited)])
    inner.frontend("/", directory=folder(index_DOT_html="inner", a_DOT_txt="inner a"))
    guarded = APIRouter(prefix="/guarded", dependencies=[Depends(session)])
    guarded.frontend("/", directory=folder(index_DOT_html="guarded", a_DOT_txt="guarded a"))
    guarded.include_router(inner)
    app.frontend("/", directory=folder(**SITE), fallback="index.html")
    app.include_router(plain, prefix="/v1")
    app.include_router(guarded)
    app.frontend("/admin", directory=folder(index_DOT_html="admin", **{"404_DOT_html": "no such page"}))
    app.frontend("/bare", directory=folder(index_DOT_html="bare"), fallback=None)
    return app


HTML = [["accept", "text/html"]]
OK = [["cookie", "session=ok"]]


def requests_of_frontends():
    for path in [
        "/", "/items", "/items/", "/assets/app.js", "/assets/app.js/", "/assets", "/assets/", "/about", "/about/",
        "/shadowed", "/shadowed/", "/administrator.txt", "/administrator", "/missing/x", "/empty", "/empty/deep/x.txt",
        "/admin", "/admin/", "/admin/x", "/adminx", "/bare/x", "/bare/", "/v1/plain/ui/a.txt", "/v1/plain/ui", "/v1/plain/x",
        "/v1/plain/ui/x", "/guarded/a.txt", "/guarded/", "/guarded/x", "/guarded/inner/a.txt", "/nowhere/at/all",
        "/%61bout/", "/assets/%61pp.js", "/assets/../index.html", "/assets/%2e%2e/%2e%2e/etc/passwd", "/assets%2fapp.js",
    ]:
        for headers in [[], HTML]:
            yield "GET", path, headers
        for method in ["HEAD", "POST", "OPTIONS"]:
            yield method, path, HTML
    for path in ["/guarded/a.txt", "/guarded/", "/guarded/x", "/guarded/inner/a.txt", "/guarded/inner/x", "/guarded/inner/"]:
        for query in ["", "?limit=2", "?limit=9", "?limit=x"]:
            yield "GET", path + query, OK + HTML
            yield "GET", path + query, HTML
            yield "POST", path + query, OK
    for accept in [
        "*/*", "text/*", "application/json", "text/html;q=0", "text/html;q=0.0, */*", "text/html;q=x", "TEXT/HTML",
        "application/xhtml+xml", "application/xhtml+xml;q=0, text/html", "image/png, text/html;level=1;q=0.5", "",
    ]:
        yield "GET", "/orders/7", [["accept", accept]]


class Item(BaseModel):
    name: str
    optional: str | None = None


class Png(StreamingResponse):
    media_type = "image/png"


def streams():
    app = FastAPI()

    def accepted(response: Response):
        response.status_code = 202
        response.headers["x-seen"] = "yes"

    DEPENDENCY = {"dependencies": [Depends(accepted)]}
    for suffix, options in [("", {}), ("/created", {"status_code": 201}), ("/accepted", DEPENDENCY | {"status_code": 201})]:
        name = suffix.strip("/") or "plain"

        @app.post(f"/events{suffix}", response_class=EventSourceResponse, operation_id=f"events_{name}", **options)
        async def events() -> AsyncIterable[Item]:
            yield Item(name="a\nb")
            yield Item(name="ü", optional="x")

        @app.post(f"/lines{suffix}", operation_id=f"lines_{name}", **options)
        async def lines() -> AsyncIterable[Item]:
            yield Item(name="a\nb")
            yield Item(name="ü", optional="x")

        @app.post(f"/raw{suffix}", response_class=StreamingResponse, operation_id=f"raw_{name}", **options)
        async def raw() -> AsyncIterable[str]:
            yield "a\n"
            yield "ü"

        @app.post(f"/png{suffix}", response_class=Png, operation_id=f"png_{name}", **options)
        async def png() -> AsyncIterable[bytes]:
            yield b"PNG"

    @app.get("/untyped")
    async def untyped() -> AsyncIterable[Any]:
        yield {"name": "foo"}
        yield None
        yield float("nan")
        yield [float("inf"), -1.5, "ü"]

    @app.get("/blocking")
    def blocking() -> Iterable[float]:
        yield 1.0
        yield 1e300

    @app.get("/untyped-events", response_class=EventSourceResponse)
    async def untyped_events() -> AsyncIterable[Any]:
        yield {"a": float("nan")}
        yield "text"
        yield 5
        yield None

    @app.get("/none", response_class=EventSourceResponse)
    async def none() -> AsyncIterable[Item]:
        for never in ():
            yield never

    @app.get("/failing")
    async def failing() -> AsyncIterable[Item]:
        raise HTTPException(400, "not today")
        yield Item(name="never")

    return app


def stream_requests():
    for path in ["/events", "/lines", "/raw", "/png"]:
        for suffix in ["", "/created", "/accepted"]:
            yield "POST", path + suffix, []
    for path in ["/untyped", "/blocking", "/untyped-events", "/none", "/openapi.json"]:
        yield "GET", path, []
    yield "GET", "/lines", []
    yield "HEAD", "/untyped", []


async def ask(app, method, uri, headers):
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
        "headers": [(name.encode(), value.encode()) for name, value in [["host", "test"], *headers]],
        "server": ("test", 80),
        "client": ("test", 1),
    }
    sent = []
    asked = False

    async def receive():
        nonlocal asked
        if asked:
            await asyncio.sleep(60)
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    await app(scope, receive, send)
    fields = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    text = b"".join(message.get("body", b"") for message in sent).decode()
    return [method, uri, headers, sent[0]["status"], fields.get("content-type", ""), fields.get("location", text)]


async def main():
    for name, app, requests in [("frontends", frontends(), requests_of_frontends()), ("streams", streams(), stream_requests())]:
        rows = [await ask(app, *request) for request in requests]
        lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
        (Path(__file__).parent / f"{name}.json").write_text(f"[\n{lines}\n]\n")
        print(f"{name}: {len(rows)} rows")


asyncio.run(main())
