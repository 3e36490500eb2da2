"""The process is killed at random moments, under load: what was acknowledged is there, and nothing else."""

import hashlib
import random
import threading
import time

import httpx
import pytest
from server import until

ROUNDS = 20


class Load:
    """Clients that upload, add rows, transform and delete, and note what was acknowledged."""

    def __init__(self, demo, round):
        self.demo, self.round = demo, round
        self.stop = threading.Event()
        self.lock = threading.Lock()
        self.datasets: dict[str, str] = {}
        self.unsure: set[str] = set()
        self.jobs: dict[str, str] = {}
        self.threads = [threading.Thread(target=self.run, args=(n,), daemon=True) for n in range(3)]
        for thread in self.threads:
            thread.start()

    def run(self, number):
        rng = random.Random(f"{self.round}-{number}")
        with self.demo.client() as client:
            for turn in range(10_000):
                if self.stop.is_set():
                    return
                try:
                    self.turn(client, rng, f"r{self.round}-{number}-{turn}")
                except httpx.HTTPError:
                    return

    def turn(self, client, rng, name):
        rows = "".join(f"{rng.random()},{rng.choice('abc')}\n" for _ in range(rng.randrange(1, 3000)))
        content = f"x,y\n{rows}".encode()
        with self.lock:
            self.unsure.add(name)
        answer = client.post(f"/datasets?name={name}", content=content)
        assert answer.status_code == 201, answer.text
        digest = rows_of(client, name)
        with self.lock:
            self.unsure.discard(name)
            self.datasets[name] = digest
        if rng.random() < 0.3:
            with self.lock:
                self.unsure.add(name)
            assert client.post(f"/datasets/{name}/rows", content=content).status_code == 201
            digest = rows_of(client, name)
            with self.lock:
                self.unsure.discard(name)
                self.datasets[name] = digest
        if rng.random() < 0.3:
            body = {"target": f"{name}-t", "dataset": name, "steps": [{"step": "sort", "by": [{"column": "x"}]}]}
            answer = client.post("/transforms", json=body)
            assert answer.status_code == 202, answer.text
            with self.lock:
                self.jobs[answer.json()["id"]] = f"{name}-t"
        elif rng.random() < 0.2:
            with self.lock:
                self.unsure.add(name)
            assert client.delete(f"/datasets/{name}").status_code == 204
            with self.lock:
                self.unsure.discard(name)
                del self.datasets[name]

    def kill_after(self, seconds):
        time.sleep(seconds)
        self.demo.kill()
        self.stop.set()
        for thread in self.threads:
            thread.join(10)


def rows_of(client, name) -> str:
    answer = client.get(f"/datasets/{name}/rows", headers={"accept": "text/csv"})
    assert answer.status_code == 200, answer.text
    return hashlib.sha256(answer.content).hexdigest()


@pytest.mark.parametrize("seed", [1])
def test_what_was_acknowledged_outlasts_twenty_kills(start_demo, seed):
    rng = random.Random(seed)
    kept: dict[str, str] = {}
    jobs: dict[str, str] = {}
    demo = start_demo()
    for round in range(ROUNDS):
        load = Load(demo, round)
        load.kill_after(rng.uniform(0.05, 1.5))
        kept |= load.datasets
        jobs |= load.jobs
        demo = start_demo(demo.store)
        with demo.client() as client:
            names = {dataset["name"] for dataset in client.get("/datasets").json()}
            for name in sorted(set(kept) - load.unsure):
                assert name in names, f"round {round}: {name} is lost"
            # Those of this round byte by byte; of the earlier ones some.
            earlier = sorted(set(kept) - set(load.datasets))
            for name in [*load.datasets, *rng.sample(earlier, min(5, len(earlier)))]:
                if name not in load.unsure:
                    assert rows_of(client, name) == kept[name], f"round {round}: {name} is another"
            for name in load.unsure & names:
                kept[name] = rows_of(client, name)
            for name in load.unsure - names:
                kept.pop(name, None)
            # A job whose acknowledgement did not arrive is one nevertheless.
            targets = {job["target"] for job in client.get("/jobs?limit=1000").json()}
            assert names - set(kept) - targets <= {"penguins"}

    with demo.client() as client:
        for job, target in jobs.items():
            state = until(lambda: (s := client.get(f"/jobs/{job}").json()["state"]) not in ("queued", "running") and s, 60)
            assert state in ("succeeded", "failed")
            assert (client.get(f"/datasets/{target}").status_code == 200) == (state == "succeeded")
        # Jobs ran twice at most, and what they did not finish is gone: a file for each part, and no other.
        parts = sum(dataset["version"] for dataset in client.get("/datasets").json())
    assert demo.end() == 0, demo.text()
    demo = start_demo(demo.store)
    assert len(list((demo.store / "tables").iterdir())) == parts
    assert list((demo.store / "staging").iterdir()) == []
    assert len(kept) > 50
