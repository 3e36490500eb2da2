"""An app of plain functions: every fault of a request in one answer, as FastAPI words them."""

import pytest


@pytest.fixture(scope="module")
def client(bench_server):
    with bench_server.client() as client:
        yield client


def faults(answer):
    return [(fault["type"], fault["loc"]) for fault in answer.json()["detail"]]


def test_right_requests(client):
    assert client.get("/items/7", params={"q": "ü"}).json() == {"item_id": 7, "q": "ü", "limit": 10}
    item = {"name": "tea", "price": 2.5, "tags": ["hot"], "description": None}
    assert client.post("/items", json=item).json() == {"id": 1} | item
    assert len(client.get("/rows", params={"n": 3}).json()) == 3


def test_a_body_of_five_faults(client):
    row = {"id": 0, "sku": "", "name": "n", "category": 1, "price": -1, "score": "high", "qty": 1, "active": True}
    answer = client.post("/rows", json=[row])
    assert answer.status_code == 422
    assert answer.json() == {
        "detail": [
            {
                "type": "greater_than_equal",
                "loc": ["body", 0, "id"],
                "msg": "Input should be greater than or equal to 1",
                "input": 0,
                "ctx": {"ge": 1},
            },
            {
                "type": "string_too_short",
                "loc": ["body", 0, "sku"],
                "msg": "String should have at least 1 character",
                "input": "",
                "ctx": {"min_length": 1},
            },
            {
                "type": "string_type",
                "loc": ["body", 0, "category"],
                "msg": "Input should be a valid string",
                "input": 1,
            },
            {
                "type": "greater_than",
                "loc": ["body", 0, "price"],
                "msg": "Input should be greater than 0",
                "input": -1,
                "ctx": {"gt": 0},
            },
            {
                "type": "float_parsing",
                "loc": ["body", 0, "score"],
                "msg": "Input should be a valid number, unable to parse string as a number",
                "input": "high",
            },
        ]
    }


def test_path_and_query_in_one_answer(client):
    answer = client.get("/items/none", params={"limit": 1000})
    assert answer.status_code == 422
    assert faults(answer) == [("int_parsing", ["path", "item_id"]), ("less_than_equal", ["query", "limit"])]
