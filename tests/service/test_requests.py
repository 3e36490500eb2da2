"""Right and wrong requests on every endpoint."""

import socket
import threading

import data
import pytest

CSV = {"content-type": "text/csv"}


@pytest.fixture(autouse=True)
def healthy_after(client):
    yield
    assert client.get("/datasets/penguins/rows", params={"limit": 1}).status_code == 200


def faults(answer):
    """The type and the place of each fault, of which every one says something."""
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/json"
    detail = answer.json()["detail"]
    for fault in detail:
        assert {"type", "loc", "msg", "input"} <= set(fault) <= {"type", "loc", "msg", "input", "ctx"}
        assert fault["msg"]
    return [(fault["type"], fault["loc"]) for fault in detail]


def upload(client, name, content, **headers):
    return client.post("/datasets", params={"name": name}, headers=CSV | headers, content=content)


# --- What the framework answers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/nothing"), ("GET", "/dataset"), ("POST", "/datasets/a/b/c"), ("GET", "/datasets//rows"), ("GET", "/docs/none")],
)
def test_404(client, method, path):
    answer = client.request(method, path)
    assert (answer.status_code, answer.text) == (404, '{"detail":"Not Found"}')


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        # Of several operations on a path, the first one speaks: it is so in FastAPI.
        ("DELETE", "/datasets", {"POST"}),
        ("HEAD", "/datasets", {"POST"}),
        ("OPTIONS", "/datasets", {"POST"}),
        ("PUT", "/datasets/penguins", {"GET"}),
        ("GET", "/transforms/preview", {"POST"}),
        ("POST", "/openapi.json", {"GET", "HEAD"}),
    ],
)
def test_405(client, method, path, allowed):
    answer = client.request(method, path)
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == allowed
    assert answer.text == ("" if method == "HEAD" else '{"detail":"Method Not Allowed"}')


@pytest.mark.parametrize(
    ("method", "path", "target"),
    [
        ("GET", "/datasets/", "/datasets"),
        ("GET", "/datasets/penguins/rows/?limit=1&select=year", "/datasets/penguins/rows?limit=1&select=year"),
        ("POST", "/transforms/preview/", "/transforms/preview"),
        ("GET", "/docs/", "/docs"),
    ],
)
def test_a_trailing_slash_is_a_redirect(client, demo, method, path, target):
    answer = client.request(method, path, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, demo.url + target)
    assert answer.content == b""


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_beyond_the_limit_is_413(client, chunked):
    body = b'{"dataset":"penguins","steps":[],"x":"' + b"x" * (8 << 20) + b'"}'
    content = data.pieces(body, 1 << 20) if chunked else body
    answer = client.post("/transforms/preview", headers={"content-type": "application/json"}, content=content)
    assert answer.status_code == 413
    assert answer.text == ('{"detail":"Content Too Large"}' if chunked else "Content Too Large")


def test_an_upload_has_a_limit_of_its_own(demo):
    """It is told before the body is sent."""
    head = "POST /datasets?name=huge HTTP/1.1\r\nhost: demo\r\ncontent-type: text/csv\r\n"
    with demo.connect() as connection:
        connection.sendall((head + f"content-length: {1 << 40}\r\nexpect: 100-continue\r\n\r\n").encode())
        assert connection.recv(1 << 16).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    "head",
    [
        b"nonsense\r\n\r\n",
        b"GET /datasets HTTP/1.1\r\nhost: demo\r\nbroken header\r\n\r\n",
        b"POST /datasets HTTP/1.1\r\nhost: demo\r\ncontent-length: many\r\n\r\n",
        b"GET /datasets HTTP/1.1\r\nx: " + b"x" * (1 << 20) + b"\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused(demo, head):
    with demo.connect() as connection:
        try:
            connection.sendall(head)
            answer = connection.recv(1 << 16)
        except ConnectionError:
            answer = b""
    assert answer == b"" or answer.startswith(b"HTTP/1.1 4"), answer


# --- Uploads ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "rows", "columns"),
    [
        ("plain", b"a,b\n1,x\n2,y\n", [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}], ["integer", "text"]),
        ("no-newline-at-the-end", b"a\n1.5", [{"a": 1.5}], ["float"]),
        ("dos", b"a,b\r\n1,true\r\n", [{"a": 1, "b": True}], ["integer", "boolean"]),
        ("marked", b"\xef\xbb\xbfa\n2020-02-29\n", [{"a": "2020-02-29"}], ["date"]),
        ("quoted", b'a,"b,c"\n"1 ""x""\ny",NA\n', [{"a": '1 "x"\ny', "b,c": None}], ["text", "text"]),
        ("zeros", b"a\n007\n", [{"a": "007"}], ["text"]),
        ("missing", b"a,b\nNA,\n,3\n", [{"a": None, "b": None}, {"a": None, "b": 3}], ["text", "integer"]),
        ("unicode", "größe\n\N{PENGUIN}\n".encode(), [{"größe": "\N{PENGUIN}"}], ["text"]),
        ("header-only", b"a,b\n", [], ["text", "text"]),
        ("0", b"a\n9007199254740993\n", [{"a": 9007199254740993}], ["integer"]),
    ],
)
def test_upload(client, name, content, rows, columns):
    answer = upload(client, name, content)
    assert answer.status_code == 201, answer.text
    created = answer.json()
    assert (created["name"], created["rows"]) == (name, len(rows))
    assert [column["type"] for column in created["columns"]] == columns
    assert client.get(f"/datasets/{name}").json() == created
    assert client.get(f"/datasets/{name}/rows").json() == {
        "version": 1, "columns": created["columns"], "total": len(rows), "rows": rows, "next": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "line", "column", "words"),
    [
        (b"a,b\n1,2\n3\n", 3, 2, "1 value where the header has 2"),
        (b"a,b\n1,2,3\n", 2, 3, "3 values where the header has 2"),
        (b"a,b\n1,2\n\n3,\xff\n", 4, 2, "not UTF-8"),
        (b"a,b\n\xe9,2\n", 2, 1, "not UTF-8"),
        (b'a,b\n1,"2\n3,4\n', 2, 2, "never closed"),
        (b"a,a\n1,2\n", 1, 2, "`a` is the name of column 1 already"),
        (b"a,\n1,2\n", 1, 2, "no name"),
        (b"", 1, None, "empty"),
        (b"PK\x03\x04....", 1, None, "ZIP"),
        (b"\x1f\x8b\x08....", 1, None, "gzip"),
    ],
)
def test_a_broken_csv_names_line_and_column(client, content, line, column, words):
    answer = upload(client, "broken", content)
    assert faults(answer) == [("file", ["body", "line", line] + (["column", column] if column else []))]
    message = answer.json()["detail"][0]["msg"]
    place = f"line {line}" + (f", column {column}" if column else "")
    assert message.startswith(place) and words in message
    assert client.get("/datasets/broken").status_code == 404


def test_a_broken_row_far_into_the_file(client):
    content = b"a,b\n" + b"1,2\n" * 200_000 + b"3\n" + b"1,2\n" * 10
    answer = upload(client, "broken", data.pieces(content))
    assert faults(answer) == [("file", ["body", "line", 200_002, "column", 2])]
    assert "line 200002, column 2" in answer.json()["detail"][0]["msg"]


def test_a_name_is_taken_once(client):
    assert upload(client, "twice", b"a\n1\n").status_code == 201
    answer = upload(client, "twice", b"b\n2\n")
    assert answer.status_code == 409
    assert "twice" in answer.json()["detail"]
    assert client.get("/datasets/twice/rows").json()["rows"] == [{"a": 1}]


def test_of_many_at_once_one_gets_the_name(demo, client):
    statuses = []

    def race(value):
        with demo.client() as own:
            statuses.append(upload(own, "contested", f"a\n{value}\n".encode()).status_code)

    threads = [threading.Thread(target=race, args=(value,)) for value in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [201] + [409] * 7
    assert client.get("/datasets/contested/rows").json()["total"] == 1


@pytest.mark.parametrize("name", ["", "Upper", "with space", "../up", "a/b", "-dash", "ü", "x" * 65, "a.json"])
def test_a_bad_name(client, name):
    answer = upload(client, name, b"a\n1\n", connection="close")
    assert [loc for _, loc in faults(answer)] == [["query", "name"]]


def test_an_upload_without_a_name(client):
    answer = client.post("/datasets", headers=CSV | {"connection": "close"}, content=b"a\n1\n")
    assert faults(answer) == [("missing", ["query", "name"])]


def test_an_upload_that_is_broken_off_leaves_nothing(demo, client):
    head = b"POST /datasets?name=torn HTTP/1.1\r\nhost: demo\r\ncontent-type: text/csv\r\ncontent-length: 1000\r\n\r\n"
    with demo.connect() as connection:
        connection.sendall(head + b"a,b\n1,2\n")
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(1 << 16):
            pass
    assert client.get("/datasets/torn").status_code == 404
    assert upload(client, "torn", b"a\n1\n").status_code == 201


# --- Rows -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/datasets/none", "/datasets/none/rows", "/datasets/%2e%2e", "/datasets/x%00"])
def test_an_unknown_dataset(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert isinstance(answer.json()["detail"], str)


@pytest.mark.parametrize(
    ("query", "expected", "words"),
    [
        ({"select": ["species", "beak"]}, [["query", "select", 1]], "there is no column `beak`"),
        ({"select": "bill_lenght_mm"}, [["query", "select", 0]], "did you mean `bill_length_mm`?"),
        ({"select": ["year", "year"]}, [["query", "select", 1]], "occurs twice"),
        ({"order_by": ["-year", "mass"]}, [["query", "order_by", 1]], "there is no column `mass`"),
        ({"where": "beak > 1"}, [["query", "where"]], "there is no column `beak`"),
        ({"where": "year >"}, [["query", "where"]], ""),
        ({"where": "year = 2007 extra stuff"}, [["query", "where"]], ""),
        ({"where": ""}, [["query", "where"]], ""),
        ({"where": "year"}, [["query", "where"]], "true or false"),
        ({"where": "species > 5 + true"}, [["query", "where"]], ""),
        ({"where": "nonsense(year)"}, [["query", "where"]], "there is no function `nonsense`"),
        ({"where": "sum(year) > 1"}, [["query", "where"]], "many rows"),
        ({"where": "year IN (SELECT 1)"}, [["query", "where"]], ""),
        ({"where": "year = 2007; DROP TABLE dataset"}, [["query", "where"]], ""),
        ({"where": "(" * 2000 + "true" + ")" * 2000}, [["query", "where"]], ""),
        ({"where": 'species = "Adelie"'}, [["query", "where"]], "single quotes"),
        ({"limit": "ten"}, [["query", "limit"]], "valid integer"),
        ({"limit": -1}, [["query", "limit"]], ""),
        ({"limit": 10_001}, [["query", "limit"]], "less than or equal to 10000"),
        ({"offset": "1.5"}, [["query", "offset"]], ""),
        (
            {"select": ["beak", "year", "tail"], "where": "wing = 1", "order_by": "-mass"},
            [["query", "where"], ["query", "order_by", 0], ["query", "select", 0], ["query", "select", 2]],
            "",
        ),
        ({"limit": "x", "offset": "y"}, [["query", "limit"], ["query", "offset"]], ""),
    ],
)
def test_a_wrong_query(client, query, expected, words):
    answer = client.get("/datasets/penguins/rows", params=query)
    assert sorted((loc for _, loc in faults(answer)), key=str) == sorted(expected, key=str)
    assert words in answer.json()["detail"][0]["msg"]


def test_a_division_by_zero_is_the_requests_fault(client):
    answer = client.get("/datasets/penguins/rows", params={"where": "year / (year - year) = 1"})
    faults(answer)


# --- Transforms -------------------------------------------------------------------------------------------------------


def steps(*steps):
    return {"dataset": "penguins", "steps": list(steps)}


def filter(where):
    return {"step": "filter", "where": where}


def aggregate(*aggregates, group_by=("species",)):
    return {"step": "aggregate", "group_by": list(group_by), "aggregates": list(aggregates)}


COUNT = {"function": "count"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, [["body", "dataset"], ["body", "steps"]]),
        ([], [["body"]]),
        (None, [["body"]]),
        (steps({"step": "pivot"}), [["body", "steps", 0]]),
        (steps({"where": "true"}), [["body", "steps", 0]]),
        (steps(filter("true"), filter("beak = 1")), [["body", "steps", 1, "where"]]),
        (steps({"step": "filter"}), [["body", "steps", 0, "filter", "where"]]),
        (steps({"step": "select", "columns": ["year", "beak"]}), [["body", "steps", 0, "columns", 1]]),
        (
            steps(aggregate(COUNT), filter("count > 1"), {"step": "select", "columns": ["year"]}),
            [["body", "steps", 2, "columns", 0]],
        ),
        (
            steps({"step": "sort", "by": [{"column": "year"}, {"column": "mass"}]}),
            [["body", "steps", 0, "by", 1, "column"]],
        ),
        (
            steps(aggregate({"column": "species", "function": "mean"})),
            [["body", "steps", 0, "aggregates", 0, "function"]],
        ),
        (
            steps(aggregate({"column": "beak", "function": "mean"}, group_by=["habitat"])),
            [["body", "steps", 0, "group_by", 0], ["body", "steps", 0, "aggregates", 0, "column"]],
        ),
        (
            steps(aggregate({"column": "year", "function": "mode"})),
            [["body", "steps", 0, "aggregate", "aggregates", 0, "function"]],
        ),
        (steps() | {"limit": 0}, [["body", "limit"]]),
        (steps() | {"surprise": 1}, [["body", "surprise"]]),
    ],
)
def test_a_wrong_transform(client, body, expected):
    answer = client.post("/transforms/preview", json=body)
    assert [loc for _, loc in faults(answer)] == expected


def test_five_faults_in_one_answer(client):
    """What the steps are is checked first, all of it at once."""
    body = {
        "steps": [
            {"step": "filter", "where": 1},
            {"step": "select", "columns": ["year", 2, None]},
            {"step": "sort", "by": [{"column": "year", "descending": "sideways"}]},
        ],
        "limit": "many",
    }
    answer = client.post("/transforms/preview", json=body)
    assert faults(answer) == [
        ("missing", ["body", "dataset"]),
        ("string_type", ["body", "steps", 0, "filter", "where"]),
        ("string_type", ["body", "steps", 1, "select", "columns", 1]),
        ("string_type", ["body", "steps", 1, "select", "columns", 2]),
        ("bool_parsing", ["body", "steps", 2, "sort", "by", 0, "descending"]),
        ("int_parsing", ["body", "limit"]),
    ]


def test_five_faults_against_the_columns_in_one_answer(client):
    body = steps(
        filter("beak > 1"),
        {"step": "sort", "by": [{"column": "mass"}]},
        aggregate({"column": "island", "function": "sum"}, group_by=["habitat"]),
        {"step": "select", "columns": ["wing"]},
    )
    answer = client.post("/transforms/preview", json=body)
    assert [loc for _, loc in faults(answer)] == [
        ["body", "steps", 0, "where"],
        ["body", "steps", 1, "by", 0, "column"],
        ["body", "steps", 2, "group_by", 0],
        ["body", "steps", 2, "aggregates", 0, "function"],
        ["body", "steps", 3, "columns", 0],
    ]


@pytest.mark.parametrize(
    ("body", "offset", "words"),
    [
        (b'{"dataset": "penguins", ', 24, "Expecting property name enclosed in double quotes"),
        (b'{"dataset": penguins}', 12, "Expecting value"),
        (b'{"dataset": "a"} {}', 17, "Extra data"),
        (b"[1, 2", 5, "Expecting ',' delimiter"),
    ],
)
def test_broken_json(client, body, offset, words):
    answer = client.post("/transforms/preview", headers={"content-type": "application/json"}, content=body)
    assert faults(answer) == [("json_invalid", ["body", offset])]
    fault = answer.json()["detail"][0]
    assert (fault["msg"], fault["input"], fault["ctx"]) == ("JSON decode error", {}, {"error": words})


def test_json_that_is_not_utf_8(client):
    answer = client.post("/transforms/preview", headers={"content-type": "application/json"}, content=b'{"a":"\xff"}')
    assert (answer.status_code, answer.json()) == (400, {"detail": "There was an error parsing the body"})


def test_a_body_that_is_not_called_json(client):
    answer = client.post("/transforms/preview", headers={"content-type": "text/plain"}, content=b'{"dataset":"a"}')
    assert faults(answer) == [("model_attributes_type", ["body"])]


def test_a_transform_of_an_unknown_dataset(client):
    answer = client.post("/transforms/preview", json={"dataset": "none", "steps": []})
    assert answer.status_code == 404
    assert "none" in answer.json()["detail"]


def test_no_steps_give_the_dataset(client):
    answer = client.post("/transforms/preview", json=steps() | {"limit": 3}).json()
    page = client.get("/datasets/penguins/rows", params={"limit": 3}).json()
    assert answer == {name: page[name] for name in ("columns", "total", "rows")}
