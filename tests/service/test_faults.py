"""What goes wrong, from broken files to queries that would write: each with its status and its place, and the service is
well after it."""

import gzip
import json

import pytest


@pytest.fixture(autouse=True)
def healthy_after(client, demo):
    before = client.get("/datasets").json()
    yield
    assert client.get("/health/ready").status_code == 200
    assert client.get("/datasets").json() == before
    assert list((demo.store / "staging").iterdir()) == []


def place(*steps):
    return [list(steps)]


def line(number, column=None):
    return place("body", "line", number, *(["column", column] if column is not None else []))


UPLOADS = [
    ("ragged, short", b"a,b\n1,2\n3\n", {}, line(3, 2), "1 value where the header has 2"),
    ("ragged, long", b"a,b\n1,2,3\n", {}, line(2, 3), "3 values where the header has 2"),
    ("not UTF-8", b"a,b\n1,2\n\n3,\xff\n", {}, line(4, 2), "not UTF-8"),
    ("UTF-16", "a,b\n1,2\n".encode("utf-16"), {}, line(1), "UTF-16"),
    ("a quote that is never closed", b'a,b\n1,"2\n3,4\n', {}, line(2, 2), "never closed"),
    ("two columns of one name", b"a,a\n1,2\n", {}, line(1, 2), "column 1 already"),
    ("a column without a name", b"a,\n1,2\n", {}, line(1, 2), "no name"),
    ("nothing", b"", {}, line(1), "empty"),
    ("a ZIP archive", b"PK\x03\x04....", {}, line(1), "ZIP"),
    ("gzip cut off", gzip.compress(b"a\n" + b"1\n" * 9999)[:-9], {}, line(1), "packed with gzip"),
    ("gzip of garbage", b"\x1f\x8b\x08" + b"x" * 100, {}, line(1), "packed with gzip"),
    ("Zstandard of garbage", b"\x28\xb5\x2f\xfd" + b"x" * 100, {}, line(1), "packed with Zstandard"),
    ("packed twice", gzip.compress(gzip.compress(b"a\n1\n")), {}, line(1), "packed more than once"),
    ("a type that does not fit", b"a\n1\n2.5\n", {"type": "a:integer"}, line(3, 1), "`2.5` is not a whole number"),
    ("a date that is none", b"a\n2013-02-29\n", {"type": "a:date"}, line(2, 1), "`2013-02-29` is not a date"),
    ("a type of no column", b"a\n1\n", {"type": "b:text"}, place("query", "types", "b"), "there is no column `b`"),
    ("a type that is none", b"a\n1\n", {"type": "a:money"}, place("query", "type"), "a type is"),
    ("a type without a column", b"a\n1\n", {"type": "integer"}, place("query", "type"), "column:type"),
    ("a delimiter of two characters", b"a\n1\n", {"delimiter": "ab"}, place("query", "delimiter"), "one ASCII character"),
    ("a quote for a delimiter", b"a\n1\n", {"delimiter": '"'}, place("query", "delimiter"), "quote"),
    ("a format that is none", b"a\n1\n", {"format": "xlsx"}, place("query", "format"), ""),
    ("CSV called Parquet", b"a\n1\n", {"format": "parquet"}, place("body"), "not Parquet"),
    ("Parquet cut off", b"PAR1" + b"\0" * 100, {}, place("body"), "not Parquet"),
    ("JSON that ends early", b'[{"a":1},', {}, line(1), "EOF"),
    ("JSON with a comma too many", b'[{"a":1},\n{"a":2,}]', {}, line(2), "trailing comma"),
    ("JSON of numbers", b"[1, 2]", {}, line(1), "expected an object"),
    ("JSON and more", b'[{"a":1}]\n]', {}, line(2), "trailing characters"),
    ("JSON without rows", b"[]", {}, line(1), "no rows"),
    ("a line that is no JSON", b'{"a":1}\n{"a":\n{"a":3}\n', {}, line(2), "EOF"),
    ("a line that is no object", b'{"a":1}\n[2]\n', {}, line(2), "expected an object"),
    ("a name twice in a line", b'{"a":1,"a":2}\n', {}, line(1), "`a` occurs twice"),
    ("a line that is not UTF-8", b'{"a":1}\n{"a":"\xff"}\n', {}, line(2), "not UTF-8"),
    ("a name with a space before it", b'{" a":1}\n', {}, line(1, " a"), "space"),
    ("a value that does not fit", b'{"a":1}\n{"a":"x"}\n', {"type": "a:integer"}, line(2, "a"), "`x` is not a whole"),
    ("JSON too deep", b'{"a":' + b"[" * 500 + b"]" * 500 + b"}", {}, line(1), "recursion"),
    ("a name with a path", b"a\n1\n", {"name": "../../etc/passwd"}, place("query", "name"), "pattern"),
    ("a name with a null", b"a\n1\n", {"name": "a\0b"}, place("query", "name"), "pattern"),
    ("a name too long", b"a\n1\n", {"name": "x" * 65}, place("query", "name"), "at most 64"),
]


@pytest.mark.parametrize(("content", "query", "places", "words"), [case[1:] for case in UPLOADS], ids=[c[0] for c in UPLOADS])
def test_an_upload_that_is_refused(client, content, query, places, words):
    # It may be refused before its body is read: then the connection ends, of which the client must know.
    end = {"connection": "close"}
    answer = client.post("/datasets", params={"name": "broken"} | query, content=content, headers=end)
    assert answer.status_code == 422, answer.text
    detail = answer.json()["detail"]
    assert [fault["loc"] for fault in detail] == places
    assert words in detail[0]["msg"], detail
    assert client.get("/datasets/broken").status_code == 404


def test_the_text_that_does_not_fit_is_told(client):
    answer = client.post("/datasets?name=broken&type=a:integer", content=b"a,b\n1,2\nthree,4\n")
    assert answer.json()["detail"] == [
        {
            "type": "file",
            "loc": ["body", "line", 3, "column", 1],
            "msg": "line 3, column 1: `three` is not a whole number",
            "input": "three",
        }
    ]


APPENDS = [
    ("a column too many", b"species,beak\nx,1\n", line(1, 2), "there is no column `beak`"),
    ("a column too few", b"species\nx\n", line(1), "the column `island` is not there"),
    ("nothing", b"", line(1), "empty"),
]


@pytest.mark.parametrize(("content", "places", "words"), [case[1:] for case in APPENDS], ids=[case[0] for case in APPENDS])
def test_rows_that_cannot_be_added(client, content, places, words):
    answer = client.post("/datasets/penguins/rows", content=content)
    assert answer.status_code == 422, answer.text
    assert [fault["loc"] for fault in answer.json()["detail"]] == places
    assert words in answer.json()["detail"][0]["msg"]


def test_rows_of_other_types_cannot_be_added(client):
    head = client.get("/datasets/penguins/rows", params={"format": "csv", "limit": 1}).text
    answer = client.post("/datasets/penguins/rows", content=head.replace("2007", "2007.5"))
    assert answer.json()["detail"][0]["loc"] == ["body", "line", 2, "column", 8]


STEPS = [
    ({"step": "rename", "columns": {"beak": "nose"}}, ["columns", "beak"], "there is no column `beak`"),
    ({"step": "rename", "columns": {"sex": "year"}}, ["columns", "sex"], "`year` occurs twice"),
    ({"step": "rename", "columns": {"sex": " sex"}}, ["columns", "sex"], "space"),
    ({"step": "cast", "columns": {"species": "other"}}, ["columns", "species"], "cannot be made"),
    ({"step": "cast", "columns": {"year": "date", "beak": "text"}}, ["columns", "beak"], "there is no column"),
    ({"step": "derive", "column": "x", "expression": "beak * 2"}, ["expression"], "there is no column `beak`"),
    ({"step": "derive", "column": "x", "expression": "sum(year)"}, ["expression"], "many rows"),
    ({"step": "derive", "column": "x", "expression": "random()"}, ["expression"], "differs each time"),
    ({"step": "derive", "column": "x", "expression": "(SELECT 1)"}, ["expression"], "query"),
    ({"step": "derive", "column": " ", "expression": "1"}, ["column"], "needs a name"),
    ({"step": "fill_null"}, [], "say a `value` or a `method`"),
    ({"step": "fill_null", "value": 1, "method": "mean"}, [], "say a `value` or a `method`"),
    ({"step": "fill_null", "columns": ["sex"], "value": 1}, ["columns", 0], "not of that type"),
    ({"step": "fill_null", "columns": ["sex"], "method": "mean"}, ["columns", 0], "not of that type"),
    ({"step": "drop_null", "columns": ["beak"]}, ["columns", 0], "there is no column"),
    ({"step": "distinct", "columns": ["sex", "sex"]}, ["columns", 1], "occurs twice"),
    ({"step": "join", "dataset": "none", "on": ["year"]}, ["dataset"], "there is no dataset `none`"),
    ({"step": "join", "dataset": "../x", "on": ["year"]}, ["dataset"], "there is no dataset"),
    ({"step": "join", "dataset": "penguins", "version": 9, "on": ["year"]}, ["version"], "version 9"),
    ({"step": "join", "dataset": "penguins", "on": ["beak"]}, ["on", 0], "there is no column"),
    ({"step": "join", "dataset": "penguins", "on": [{"left": "year", "right": "sex"}]}, ["on", 0, "left"], "another type"),
    ({"step": "union", "dataset": "none"}, ["dataset"], "there is no dataset"),
    ({"step": "aggregate", "aggregates": [{"column": "year", "function": "quantile"}]}, ["aggregates", 0, "quantile"], "which"),
    ({"step": "aggregate", "aggregates": [{"column": "sex", "function": "var"}]}, ["aggregates", 0, "function"], "needs numbers"),
    ({"step": "window", "column": "x", "function": "rank"}, ["order_by"], "needs an order"),
    ({"step": "window", "column": "x", "function": "lag"}, ["of"], "needs a column"),
    ({"step": "window", "column": "x", "function": "sum", "of": "sex"}, ["of"], "needs numbers"),
    ({"step": "window", "column": "year", "function": "row_number"}, ["column"], "occurs twice"),
    ({"step": "sample"}, [], "say how many"),
    ({"step": "sample", "rows": 1, "fraction": 0.5}, [], "say how many"),
    ({"step": "standardize", "columns": ["year", "sex"]}, ["columns", 1], "needs numbers"),
    ({"step": "normalize", "columns": ["year"], "low": 1, "high": 1}, ["high"], "more than `low`"),
    ({"step": "one_hot", "column": "bill_length_mm"}, ["column"], "it needs text"),
    ({"step": "one_hot", "column": "sex", "categories": ["a", "a"]}, ["categories", 1], "occurs twice"),
    ({"step": "bin", "column": "year"}, [], "say how many `bins`"),
    ({"step": "bin", "column": "sex", "bins": 2}, ["column"], "needs numbers"),
    ({"step": "bin", "column": "year", "edges": [2, 1]}, ["edges"], "must rise"),
    ({"step": "split", "key": ["beak"]}, ["key", 0], "there is no column"),
    ({"step": "split", "key": ["year"], "column": "sex"}, ["column"], "occurs twice"),
]


@pytest.mark.parametrize(("step", "at", "words"), STEPS, ids=[f"{s['step']}-{n}" for n, (s, _, _) in enumerate(STEPS)])
def test_a_step_that_is_wrong(client, step, at, words):
    """As the third step, so that its number counts; and the steps after it are checked as well."""
    before = [{"step": "filter", "where": "year > 2000"}, {"step": "sort", "by": [{"column": "year"}]}]
    after = {"step": "select", "columns": ["flipper"]}
    body = {"dataset": "penguins", "steps": [*before, step, after]}
    for path, more in [("/transforms/preview", {}), ("/transforms", {"target": "wrong"})]:
        answer = client.post(path, json=body | more)
        assert answer.status_code == 422, answer.text
        detail = answer.json()["detail"]
        assert detail[0]["loc"] == ["body", "steps", 2, *at], detail
        assert words in detail[0]["msg"], detail
        # What a join with something unknown would bring in is not guessed.
        if step["step"] not in ("join", "aggregate") or "version" not in str(step):
            assert detail[-1]["loc"][:3] in (["body", "steps", 2], ["body", "steps", 3])


@pytest.mark.parametrize(
    ("step", "at"),
    [
        ({"step": "sample", "fraction": 1.5}, ["sample", "fraction"]),
        ({"step": "limit"}, ["limit", "count"]),
        ({"step": "split", "key": []}, ["split", "key"]),
        ({"step": "bin", "column": "year", "bins": 1}, ["bin", "bins"]),
        ({"step": "cast", "columns": {"year": "money"}}, ["cast", "columns", "year"]),
        ({"step": "join", "dataset": "penguins", "on": []}, ["join", "on"]),
        ({"step": "filter", "where": "true", "surprise": 1}, ["filter", "surprise"]),
    ],
    ids=lambda value: value.get("step") if isinstance(value, dict) else None,
)
def test_a_step_of_the_wrong_shape(client, step, at):
    answer = client.post("/transforms/preview", json={"dataset": "penguins", "steps": [step]})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", "steps", 0, *at]


SQL = [
    ("DROP TABLE penguins", "only queries"),
    ("DELETE FROM penguins", "only queries"),
    ("UPDATE penguins SET year = 1", "only queries"),
    ("INSERT INTO penguins VALUES (1)", "only queries"),
    ("CREATE TABLE t AS SELECT 1", "only queries"),
    ("CREATE EXTERNAL TABLE t STORED AS CSV LOCATION '/etc/passwd'", "only queries"),
    ("COPY penguins TO '/tmp/stolen.csv'", "only queries"),
    ("COPY (SELECT 1) TO 'x.parquet'", "only queries"),
    ("EXPLAIN ANALYZE SELECT 1", "only queries"),
    ("SET datafusion.execution.target_partitions = 1", "only queries"),
    ("SHOW TABLES", "only queries"),
    ("SELECT 1; DROP TABLE penguins", ""),
    ("SELECT * INTO t FROM penguins", "writes"),
    ("WITH x AS (INSERT INTO penguins VALUES (1)) SELECT * FROM x", ""),
    ("SELECT * FROM '/etc/passwd'", "there is no dataset"),
    ('SELECT * FROM "/etc/passwd"', "there is no dataset"),
    ("SELECT * FROM read_csv('/etc/passwd')", "from nothing else"),
    ("SELECT * FROM generate_series(1, 1000000000000)", "from nothing else"),
    ("SELECT * FROM information_schema.tables", "there is no dataset"),
    ("SELECT * FROM datafusion.public.penguins", "there is no dataset"),
    ("SELECT * FROM penguin", "did you mean `penguins`?"),
    ('SELECT * FROM "penguins@9"', "no version 9"),
    ('SELECT * FROM "penguins@x"', "no version"),
    ("SELECT beak FROM penguins", "beak"),
    ("SELECT nonsense(year) FROM penguins", "nonsense"),
    ("SELECT repeat('x', 1000000000)", "repeat"),
    ("SELECT random()", "differs each time"),
    ("SELECT year FROM penguins WHERE", ""),
    ("SELECT " + "(" * 3000 + "1" + ")" * 3000, ""),
    ("SELECT " + "1+" * 20000 + "1", ""),
    ("SELECT 1" + " UNION ALL SELECT 1" * 3000, ""),
    ("SELECT * FROM " + "(SELECT * FROM " * 200 + "penguins" + ")" * 200, ""),
    ("SELECT * FROM penguins FOR UPDATE", "locks nothing"),
    ("SELECT $1", ""),
    ("", ""),
    ("x" * 70_000, ""),
]


@pytest.mark.parametrize(("text", "words"), SQL, ids=[text[:40] for text, _ in SQL])
def test_sql_that_is_refused(client, text, words):
    answer = client.post("/query", json={"sql": text})
    assert answer.status_code == 422, answer.text[:300]
    detail = answer.json()["detail"]
    assert detail[0]["loc"] == ["body", "sql"]
    assert words in detail[0]["msg"], detail
    assert "/root" not in answer.text and "panicked" not in answer.text


def test_sql_that_fails_on_the_data(client):
    answer = client.post("/query", json={"sql": "SELECT 1 / (year - 2007) FROM penguins"})
    assert (answer.status_code, answer.json()["detail"][0]["msg"]) == (422, "division by zero")


@pytest.mark.parametrize(
    ("path", "status", "loc"),
    [
        ("/datasets/penguins/rows?limit=10001", 422, ["query", "limit"]),
        ("/datasets/penguins/rows?limit=99999999999999999999", 422, ["query", "limit"]),
        ("/datasets/penguins/rows?cursor=x", 422, ["query", "cursor"]),
        ("/datasets/penguins/rows?format=csv&cursor=x", 422, ["query", "cursor"]),
        ("/datasets/penguins/rows?format=csv&select=beak", 422, ["query", "select", 0]),
        ("/datasets/penguins/rows?format=parquet&where=beak=1", 422, ["query", "where"]),
        ("/datasets/penguins/rows?version=0", 422, ["query", "version"]),
        ("/datasets/penguins/rows?version=7", 404, None),
        ("/datasets/penguins?version=7", 404, None),
        ("/datasets/none/profile", 404, None),
        ("/datasets/none/versions", 404, None),
        ("/datasets/..%2f..%2fetc%2fpasswd/rows", 404, None),
        ("/datasets/none/rows?format=arrow", 404, None),
    ],
)
def test_a_reading_that_is_refused(client, path, status, loc):
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    detail = answer.json()["detail"]
    assert isinstance(detail, str) if loc is None else detail[0]["loc"] == loc


def test_a_taken_name(demo):
    for path, body in [("/datasets?name=penguins", b"a\n1\n"), ("/transforms", None)]:
        json_body = {"target": "penguins", "dataset": "penguins", "steps": []}
        headers = {"content-type": "application/json"}
        # Whose upload is refused before it was read has its connection closed.
        with demo.client() as client:
            answer = client.post(path, content=body or json.dumps(json_body), headers=headers)
        assert answer.status_code == 409 and "already" in answer.json()["detail"]
