"""Every form in which rows come in and go out."""

import gzip
import io
import json
from itertools import pairwise

import data
import numpy
import pandas
import pytest
from frames import assert_same

ROWS = [{"a": 1, "b": "x", "c": 1.5, "d": True, "e": "2013-01-01"}, {"a": None, "b": None, "c": None, "d": False, "e": None}]
TYPES = {"a": "integer", "b": "text", "c": "float", "d": "boolean", "e": "date"}


def upload(client, name, content, headers=None, **query):
    return client.post("/datasets", params={"name": name} | query, headers=headers, content=content)


def load(client, name, content, **query):
    answer = upload(client, name, content, **query)
    assert answer.status_code == 201, answer.text
    return answer.json()


def types(dataset):
    return {column["name"]: column["type"] for column in dataset["columns"]}


def csv() -> bytes:
    return b"a,b,c,d,e\n1,x,1.5,true,2013-01-01\nNA,NA,NA,false,NA\n"


def ndjson() -> bytes:
    return "".join(json.dumps(row) + "\n" for row in ROWS).encode()


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("as-csv", csv(), "csv"),
        ("as-ndjson", ndjson(), "ndjson"),
        ("as-ndjson-loose", b"\n" + ndjson().replace(b'"a": null, ', b"").strip(), "ndjson"),
        ("as-json", json.dumps(ROWS, indent=1).encode(), "json"),
        ("as-csv-gzip", gzip.compress(csv()), "csv"),
        ("as-gzip-members", gzip.compress(csv()[:20]) + gzip.compress(csv()[20:]), "csv"),
        ("as-json-gzip", gzip.compress(json.dumps(ROWS).encode()), "json"),
    ],
)
def test_a_form_is_recognised(client, name, content, format):
    dataset = load(client, name, content)
    assert dataset["origin"] == {"kind": "upload", "format": format}
    assert types(dataset) == TYPES
    assert client.get(f"/datasets/{name}/rows").json()["rows"] == ROWS
    # Nothing depends on what a form is taken for: it can be said.
    assert load(client, f"{name}-said", content, format=format)["rows"] == 2


def test_parquet_goes_out_and_comes_in(client):
    load(client, "out", csv())
    answer = client.get("/datasets/out/rows", headers={"accept": "application/vnd.apache.parquet"})
    assert answer.headers["content-type"] == "application/vnd.apache.parquet"
    assert answer.content[:4] == answer.content[-4:] == b"PAR1"
    dataset = load(client, "in", answer.content)
    assert (types(dataset), dataset["origin"]["format"]) == (TYPES, "parquet")
    assert client.get("/datasets/in/rows").json()["rows"] == ROWS


def test_rows_go_out_in_every_form(client):
    load(client, "forms", csv())
    answer = client.get("/datasets/forms/rows", headers={"accept": "application/x-ndjson"})
    assert [json.loads(line) for line in answer.text.splitlines()] == ROWS
    answer = client.get("/datasets/forms/rows", headers={"accept": "text/csv"})
    assert answer.text == "a,b,c,d,e\n1,x,1.5,true,2013-01-01\n,,,false,\n"
    answer = client.get("/datasets/forms/rows", params={"format": "csv", "select": ["c", "a"], "where": "a = 1"})
    assert (answer.headers["content-type"], answer.text) == ("text/csv", "c,a\n1.5,1\n")
    answer = client.get("/datasets/forms/rows", headers={"accept": "application/vnd.apache.arrow.stream"})
    assert answer.content[:4] == b"\xff\xff\xff\xff"
    answer = client.get("/datasets/forms/rows", headers={"accept": "text/html"})
    assert answer.status_code == 406 and "text/csv" in answer.json()["detail"]


@pytest.mark.usefixtures("flights")
def test_all_flights_as_json_lines_and_as_csv(client):
    with client.stream("GET", "/datasets/flights/rows", headers={"accept": "application/x-ndjson"}) as answer:
        lines = answer.iter_lines()
        first = json.loads(next(lines))
        assert sum(1 for _ in lines) == 336_775
    frame = data.flights()
    assert (first["carrier"], first["flight"]) == (frame.carrier[0], frame.flight[0])
    query = {"select": ["carrier", "dep_delay"], "where": "month = 12"}
    answer = client.get("/datasets/flights/rows", params=query, headers={"accept": "text/csv"})
    ours = pandas.read_csv(io.StringIO(answer.text))
    theirs = frame[frame.month == 12][["carrier", "dep_delay"]].reset_index(drop=True)
    pandas.testing.assert_frame_equal(ours, theirs, check_dtype=False)


def test_etags(client):
    load(client, "tagged", b"a\n1\n")
    answer = client.get("/datasets/tagged/rows")
    etag = answer.headers["etag"]
    again = client.get("/datasets/tagged/rows", headers={"if-none-match": etag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    assert client.get("/datasets/tagged/rows?limit=1", headers={"if-none-match": etag}).status_code == 200
    csv = client.get("/datasets/tagged/rows", headers={"accept": "text/csv", "if-none-match": etag})
    assert csv.status_code == 200 and csv.headers["etag"] != etag
    assert client.post("/datasets/tagged/rows", content=b"a\n2\n").status_code == 201
    assert client.get("/datasets/tagged/rows", headers={"if-none-match": etag}).status_code == 200
    assert client.get("/datasets/tagged/rows?version=1", headers={"if-none-match": etag}).status_code == 304


@pytest.mark.usefixtures("flights")
def test_pages_by_cursor(client):
    """All pages of a filtered, sorted query, though rows are added meanwhile."""
    load(client, "paged", data.first_flights_csv(3000))
    query = {"select": ["flight", "dep_delay"], "where": "dep_delay > 0", "order_by": "-dep_delay", "limit": 250}
    whole = client.get("/datasets/paged/rows", params=query | {"limit": 10_000}).json()
    rows, cursor = [], None
    while True:
        page = client.get("/datasets/paged/rows", params=query | ({"cursor": cursor} if cursor else {})).json()
        assert (page["version"], page["total"]) == (1, whole["total"])
        rows += page["rows"]
        cursor = page["next"]
        if not cursor:
            break
        if len(rows) == 500:
            assert client.post("/datasets/paged/rows", content=data.first_flights_csv(10)).status_code == 201
    assert rows == whole["rows"]
    answer = client.get("/datasets/paged/rows", params={"cursor": "1.100.200.0000000000000000"})
    assert answer.json()["detail"][0]["loc"] == ["query", "cursor"]


def test_a_file_comes_in_a_form(client):
    file = {"file": ("rows.csv", b"a;b\n1;x\n", "text/csv")}
    answer = client.post("/datasets/form?delimiter=%3B", data={"name": "formed"}, files=file)
    assert answer.status_code == 201, answer.text
    assert client.get("/datasets/formed/rows").json()["rows"] == [{"a": 1, "b": "x"}]
    assert client.post("/datasets/form", data={"name": "formed"}, files=file).status_code == 409
    answer = client.post("/datasets/form", data={"name": "../x"})
    assert [fault["loc"] for fault in answer.json()["detail"]] == [["body", "name"], ["body", "file"]]


# --- What is loaded, and how ------------------------------------------------------------------------------------------


def test_options_of_csv(client):
    dataset = load(client, "options", b"1;-;007\n2;x;008\n", delimiter=";", header=False, null=["-"], type="column_3:integer")
    assert types(dataset) == {"column_1": "integer", "column_2": "text", "column_3": "integer"}
    rows = client.get("/datasets/options/rows").json()["rows"]
    assert rows[0] == {"column_1": 1, "column_2": None, "column_3": 7}
    assert types(load(client, "tabs", b"a\tb\n1\tx\n", delimiter="tab")) == {"a": "integer", "b": "text"}


def test_versions(client):
    first = load(client, "grown", b"a,b\n1,x\n")
    answer = client.post("/datasets/grown/rows", content=b'{"b": null, "a": 2}\n{"b": "z", "a": 3}')
    assert answer.status_code == 201
    second = answer.json()
    assert (second["version"], second["rows"]) == (2, 3)
    assert second["origin"] == {"kind": "append", "format": "ndjson", "rows": 2}
    assert answer.headers["location"] == "/datasets/grown?version=2"
    assert [column["nullable"] for column in second["columns"]] == [False, True]
    assert client.get("/datasets/grown/rows").json()["rows"] == [
        {"a": 1, "b": "x"}, {"a": 2, "b": None}, {"a": 3, "b": "z"},
    ]  # fmt: skip
    assert client.get("/datasets/grown/rows?version=1").json()["rows"] == [{"a": 1, "b": "x"}]
    assert client.get("/datasets/grown/rows?where=b IS NULL").json()["total"] == 1
    assert client.get("/datasets/grown?version=1").json() == first
    assert client.get("/datasets/grown/versions").json() == [second, first]
    assert client.get("/datasets/grown/rows?version=3").status_code == 404
    assert client.get("/datasets").json().count(second) == 1

    assert client.delete("/datasets/grown").status_code == 204
    assert client.get("/datasets/grown").status_code == 404
    assert client.delete("/datasets/grown").status_code == 404
    assert load(client, "grown", b"a\n1\n")["version"] == 1


def test_a_repeated_upload(client):
    headers = {"idempotency-key": "upload-1"}
    first = upload(client, "once", b"a\n1\n", headers)
    again = upload(client, "once", b"a\n1\n", headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = upload(client, "once", b"a\n2\n", headers)
    assert other.status_code == 422 and other.json()["detail"][0]["loc"] == ["header", "idempotency-key"]
    added = [client.post("/datasets/once/rows", headers={"idempotency-key": "add-1"}, content=b"a\n2\n") for _ in range(3)]
    assert [answer.json()["version"] for answer in added] == [2, 2, 2]
    assert client.get("/datasets/once").json()["rows"] == 2


# --- Profiles ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("flights", "weather")
@pytest.mark.parametrize("name", ["penguins", "weather", "flights"])
def test_profiles(client, name):
    frame = {"penguins": data.penguins, "weather": data.weather, "flights": data.flights}[name]()
    answer = client.get(f"/datasets/{name}/profile")
    assert answer.status_code == 200, answer.text
    profile = answer.json()
    assert profile["rows"] == len(frame)
    assert [column["name"] for column in profile["columns"]] == list(frame.columns)
    for column in profile["columns"]:
        values = frame[column["name"]]
        assert (column["count"], column["nulls"]) == (values.count(), values.isna().sum()), column["name"]
        assert column["distinct"] == values.nunique(), column["name"]
        top = values.value_counts()
        assert [item["count"] for item in column["top"]] == list(top.head(10)), column["name"]
        if column["type"] not in ("integer", "float"):
            continue
        assert (column["min"], column["max"]) == (values.min(), values.max())
        assert column["mean"] == pytest.approx(values.mean(), rel=1e-9)
        assert column["deviation"] == pytest.approx(values.std(), rel=1e-9, abs=1e-12)
        for quantile in column["quantiles"]:
            assert quantile["value"] == pytest.approx(values.quantile(quantile["part"]), rel=1e-9), column["name"]
        buckets = column["histogram"]
        ends = [bucket["low"] for bucket in buckets] + [buckets[-1]["high"]]
        assert len(buckets) <= 20 and ends == sorted(set(ends)) and ends[0] == values.min()
        assert ends[-1] >= values.max() * (1 - 1e-12)
        if column["type"] == "integer":
            # As many whole numbers in each.
            assert all(end == int(end) for end in ends) and len({high - low for low, high in pairwise(ends)}) == 1
            assert [bucket["count"] for bucket in buckets] == list(numpy.histogram(values.dropna(), ends)[0])
        assert sum(bucket["count"] for bucket in buckets) == values.count()
    assert client.get(f"/datasets/{name}/profile").json() == profile


# --- Queries in SQL ---------------------------------------------------------------------------------------------------


def sql(client, text, **body):
    answer = client.post("/query", json={"sql": text} | body)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.usefixtures("flights", "weather")
def test_a_join_in_sql(client):
    answer = sql(
        client,
        "WITH late AS (SELECT origin, month, avg(dep_delay) AS delay FROM flights GROUP BY origin, month) "
        "SELECT l.origin, l.month, delay, temp FROM late l JOIN (SELECT origin, month, avg(temp) AS temp FROM weather "
        "GROUP BY origin, month) w ON l.origin = w.origin AND l.month = w.month ORDER BY l.origin, l.month",
    )
    flights = data.flights().groupby(["origin", "month"], as_index=False).agg(delay=("dep_delay", "mean"))
    weather = data.weather().groupby(["origin", "month"], as_index=False).agg(temp=("temp", "mean"))
    expected = flights.merge(weather, on=["origin", "month"]).sort_values(["origin", "month"])
    assert len(answer["rows"]) == 36 and not answer["truncated"]
    assert_same(answer["rows"], expected)


def test_sql_over_versions_with_a_limit(client):
    load(client, "asked", b"a\n1\n2\n3\n")
    client.post("/datasets/asked/rows", content=b"a\n4\n")
    assert sql(client, "SELECT count(*) AS n FROM asked")["rows"] == [{"n": 4}]
    assert sql(client, 'SELECT count(*) AS n FROM "asked@1"')["rows"] == [{"n": 3}]
    answer = sql(client, "SELECT a FROM asked ORDER BY a", limit=2)
    assert (answer["rows"], answer["truncated"]) == ([{"a": 1}, {"a": 2}], True)
    assert sql(client, "SELECT 1 AS x")["columns"] == [{"name": "x", "type": "integer", "nullable": False}]
