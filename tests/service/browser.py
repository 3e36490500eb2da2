"""Headless Chromium, cut off from the network."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route, WebSocket, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing is reached that the tests might fail to see.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


class Browser:
    def __enter__(self):
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=os.environ["VERSIFY_CHROMIUM"], args=FLAGS)
        return self

    def __exit__(self, *_):
        self._browser.close()
        self._playwright.stop()

    def open(self, url: str) -> "Opened":
        return Opened(self._browser.new_page(viewport={"width": 1280, "height": 900}), url)


class Opened:
    """A page, with what it tried to reach elsewhere and what it complained of."""

    def __init__(self, page: Page, url: str):
        self.page = page
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        self._origin = urlsplit(url)[:2]
        page.set_default_timeout(20_000)
        page.route("**/*", self._route)
        page.on("websocket", self._on_websocket)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._on_console)
        self.answer = page.goto(url)

    def _route(self, route: Route):
        if urlsplit(route.request.url)[:2] == self._origin or route.request.url.startswith(("data:", "blob:")):
            route.continue_()
        else:
            self.elsewhere.append(route.request.url)
            route.abort()

    def _on_websocket(self, socket: WebSocket):
        if urlsplit(socket.url).netloc != self._origin[1]:
            self.elsewhere.append(socket.url)

    def _on_console(self, message):
        if message.type == "error":
            self.complaints.append(message.text)

    def close(self, picture: Path):
        self.page.screenshot(path=picture, full_page=True)
        self.page.close()
        assert self.elsewhere == [], "the page reached for the network"
        assert self.complaints == []
