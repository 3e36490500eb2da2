"""Transforms that run in the background."""

import json
import threading
import time

import pytest
from jobs import finished

COUNT = {"step": "aggregate", "group_by": ["species"], "aggregates": [{"function": "count", "alias": "n"}]}
# Every pair of a thousand rows with itself, three times: it would take for ever.
ENDLESS = [
    {"step": "select", "columns": ["origin", "dep_delay"]},
    *({"step": "join", "dataset": "flights", "on": ["origin"], "suffix": f"_{n}"} for n in range(3)),
    {"step": "derive", "column": "x", "expression": "dep_delay + 1"},
]


def start(client, target, steps, dataset="penguins", **body):
    return client.post("/transforms", json={"target": target, "dataset": dataset, "steps": steps} | body)


def test_a_job_makes_a_dataset_that_remembers(client):
    answer = start(client, "by-species", [COUNT])
    job = finished(client, answer)
    assert (job["state"], job["rows"], job["progress"], job["error"]) == ("succeeded", 3, 1.0, None)
    assert job["created_at"] <= job["started_at"] <= job["finished_at"]
    assert job["task"]["transform"]["steps"][0]["step"] == "aggregate"
    origin = client.get("/datasets/by-species").json()["origin"]
    assert (origin["kind"], origin["job"], origin["dataset"]) == ("transform", job["id"], "penguins")
    assert origin["steps"] == job["task"]["transform"]["steps"]
    assert any(other["id"] == job["id"] for other in client.get("/jobs").json())


def test_a_job_is_followed_by_its_events(client):
    answer = start(client, "followed", [COUNT])
    with client.stream("GET", f"{answer.headers['location']}/events") as events:
        assert events.headers["content-type"].startswith("text/event-stream")
        jobs = [json.loads(line[5:]) for line in events.iter_lines() if line.startswith("data:")]
    assert jobs[-1]["state"] == "succeeded"
    progress = [job["progress"] for job in jobs]
    assert progress == sorted(progress)


@pytest.mark.usefixtures("flights")
def test_a_job_is_cancelled(client):
    answer = start(client, "endless", ENDLESS, "flights")
    location = answer.headers["location"]
    seen = []

    def follow():
        with client.stream("GET", f"{location}/events") as events:
            seen.extend(json.loads(line[5:]) for line in events.iter_lines() if line.startswith("data:"))

    follower = threading.Thread(target=follow)
    follower.start()
    time.sleep(1)
    cancelled = client.post(f"{location}/cancel")
    assert (cancelled.status_code, cancelled.json()["state"]) == (202, "cancelled")
    follower.join(20)
    assert not follower.is_alive() and seen[-1]["state"] == "cancelled"
    again = client.post(f"{location}/cancel")
    assert again.status_code == 409 and "was cancelled" in again.json()["detail"]
    assert client.get("/datasets/endless").status_code == 404
    assert finished(client, start(client, "after-it", [COUNT]))["state"] == "succeeded"


def test_the_fault_of_a_job_that_shows_late(client):
    step = {"step": "derive", "column": "x", "expression": "1 / (year - 2007)"}
    job = finished(client, start(client, "divided", [step]))
    assert (job["state"], job["error"], job["version"]) == ("failed", "division by zero", None)
    assert client.get("/datasets/divided").status_code == 404


def test_of_two_jobs_with_one_target_one_fails(client):
    answers = [start(client, "contended", [COUNT]) for _ in range(2)]
    accepted = [finished(client, answer) for answer in answers if answer.status_code == 202]
    refused = [answer for answer in answers if answer.status_code == 409]
    assert [job["state"] for job in accepted].count("succeeded") == 1
    assert len(accepted) + len(refused) == 2
    assert all("already" in job["error"] for job in accepted if job["state"] == "failed")
    assert start(client, "contended", [COUNT]).status_code == 409


def test_a_dataset_is_made_anew_when_its_source_has_grown(client):
    client.post("/datasets?name=source", content=b"a\n1\n2\n")
    total = {"step": "aggregate", "aggregates": [{"column": "a", "function": "sum", "alias": "total"}]}
    assert finished(client, start(client, "total", [total], "source"))["state"] == "succeeded"
    answer = client.post("/datasets/total/refresh")
    assert answer.status_code == 409 and "up to date" in answer.json()["detail"]
    client.post("/datasets/source/rows", content=b"a\n3\n")
    job = finished(client, client.post("/datasets/total/refresh"))
    assert (job["state"], job["version"]) == ("succeeded", 2)
    assert client.get("/datasets/total/rows").json()["rows"] == [{"total": 6}]
    assert client.get("/datasets/total/rows?version=1").json()["rows"] == [{"total": 3}]
    assert client.get("/datasets/total").json()["origin"]["sources"] == [
        {"dataset": "source", "version": 2, "pinned": False}
    ]
    assert client.post("/datasets/source/refresh").status_code == 409

    pinned = finished(client, start(client, "pinned", [total], "source", version=1))
    assert pinned["state"] == "succeeded"
    assert client.get("/datasets/pinned/rows").json()["rows"] == [{"total": 3}]
    assert client.post("/datasets/pinned/refresh").status_code == 409


def test_a_job_that_is_none(client):
    assert client.get("/jobs/0190a3d2-0000-7000-8000-000000000000").status_code == 404
    assert client.get("/jobs/0190a3d2-0000-7000-8000-000000000000/events").status_code == 404
    assert client.post("/jobs/0190a3d2-0000-7000-8000-000000000000/cancel").status_code == 404
    assert client.get("/jobs/first").status_code == 422


def test_interrupted_jobs_begin_again(start_demo):
    first = start_demo()
    with first.client() as client:
        rows = "".join(f"{n},{n % 7}\n" for n in range(20_000)).encode()
        assert client.post("/datasets?name=many", content=b"id,key\n" + rows).status_code == 201
        steps = [
            {"step": "join", "dataset": "many", "on": ["key"], "suffix": "_2"},
            {"step": "aggregate", "group_by": ["key"], "aggregates": [{"function": "count", "alias": "n"}]},
        ]
        accepted = [start(client, f"pairs-{n}", steps, "many") for n in range(3)]
        time.sleep(0.3)
        first.kill()
    second = start_demo(first.store)
    with second.client() as client:
        for number, answer in enumerate(accepted):
            job = finished(client, answer, 120)
            assert job["state"] == "succeeded", job
            counts = client.get(f"/datasets/pairs-{number}/rows").json()["rows"]
            assert sum(row["n"] for row in counts) == sum(len(range(key, 20_000, 7)) ** 2 for key in range(7))
