"""A server of ours as a process, on a free port."""

import os
import re
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

import httpx

STARTS_WITHIN = 60
STOPS_WITHIN = 15


class Server:
    """Starts a binary and waits until it says where it listens. Its log is read all the time, and kept."""

    def __init__(self, binary: str, **environment: str):
        self.log: list[str] = []
        self._url = None
        self._announced = threading.Event()
        settings = {"HOST": "127.0.0.1", "PORT": "0", "NO_COLOR": "1"}
        self.process = subprocess.Popen(
            [binary],
            env=os.environ | settings | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
        )
        self._reader = threading.Thread(target=self._read_log, daemon=True)
        self._reader.start()
        self._announced.wait(STARTS_WITHIN)
        if self._url is None:
            self.kill()
            raise RuntimeError(f"{binary} did not start:\n{self.text()}")

    def _read_log(self):
        for line in self.process.stderr:
            self.log.append(line)
            if found := re.search(r"listening on (http://127\.0\.0\.1:\d+)", line):
                self._url = self._url or found[1]
                self._announced.set()
        self._announced.set()

    @property
    def url(self) -> str:
        return self._url

    @property
    def address(self) -> tuple[str, int]:
        return "127.0.0.1", int(self.url.rsplit(":", 1)[1])

    def text(self) -> str:
        return "".join(self.log)

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=120, trust_env=False)

    def connect(self) -> socket.socket:
        return socket.create_connection(self.address, timeout=120)

    def is_refusing(self) -> bool:
        try:
            self.connect().close()
        except ConnectionRefusedError:
            return True
        except ConnectionResetError:
            # The listener was closed between the two packets of this very connection: the next one is refused.
            return False
        return False

    def end(self, by: signal.Signals = signal.SIGTERM) -> int:
        """Asks it to end, and gives its exit status."""
        self.process.send_signal(by)
        return self.wait()

    def wait(self) -> int:
        try:
            status = self.process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"the server goes on:\n{self.text()}") from None
        self._reader.join(STOPS_WITHIN)
        return status

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


class Demo(Server):
    """The demo over a store."""

    def __init__(self, store: Path):
        super().__init__(os.environ["VERSIFY_DEMO"], VERSIFY_DEMO_STORE=str(store))
        self.store = store


def until(condition, within: float = 15.0):
    """Waits for a condition to hold, and gives its value."""
    end = time.monotonic() + within
    while not (value := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"not within {within} s: {condition}")
        time.sleep(0.02)
    return value
