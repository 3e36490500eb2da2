"""Real data in, right numbers out: each compared with what pandas computes from the same file."""

import data
import pytest
from frames import assert_same

PENGUINS = {
    "species": "text",
    "island": "text",
    "bill_length_mm": "float",
    "bill_depth_mm": "float",
    "flipper_length_mm": "integer",
    "body_mass_g": "integer",
    "sex": "text",
    "year": "integer",
}


def types(columns):
    return {column["name"]: column["type"] for column in columns}


def nullable(columns):
    return {column["name"] for column in columns if column["nullable"]}


def preview(client, dataset, *steps, limit=1000):
    answer = client.post("/transforms/preview", json={"dataset": dataset, "steps": steps, "limit": limit})
    assert answer.status_code == 200, answer.text
    return answer.json()


def rows_of(client, dataset, **query):
    answer = client.get(f"/datasets/{dataset}/rows", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


# --- Penguins -------------------------------------------------------------------------------------------------------


def test_the_sample(client):
    dataset = client.get("/datasets/penguins").json()
    assert set(dataset) == {"name", "version", "rows", "bytes", "columns", "created_at", "origin"}
    assert dataset["origin"] == {"kind": "upload", "format": "csv"}
    assert (dataset["name"], dataset["rows"]) == ("penguins", 344)
    assert types(dataset["columns"]) == PENGUINS
    assert nullable(dataset["columns"]) == {
        "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "sex",
    }  # fmt: skip
    assert dataset in client.get("/datasets").json()


def test_missing_values_are_null(client):
    answer = rows_of(client, "penguins", where="body_mass_g IS NULL")
    assert answer["total"] == 2
    assert [row["bill_length_mm"] for row in answer["rows"]] == [None, None]
    assert rows_of(client, "penguins", where="sex IS NULL", limit=0)["total"] == 11


@pytest.mark.parametrize(
    ("where", "total"),
    [
        ("species = 'Gentoo'", 124),
        ("species = 'Adelie' AND island <> 'Torgersen'", 100),
        ("species IN ('Adelie', 'Chinstrap')", 220),
        ("island LIKE 'B%'", 168),
        ("bill_length_mm BETWEEN 40 AND 41", 20),
        ("NOT (year = 2007 OR year = 2008)", 120),
        ("body_mass_g / 1000.0 > 6", 2),
        ("false", 0),
    ],
)
def test_conditions(client, where, total):
    assert rows_of(client, "penguins", where=where)["total"] == total


def test_pages_are_disjoint_and_complete(client):
    query = {"order_by": ["-year", "species"], "select": ["year", "species", "bill_length_mm"], "limit": 100}
    pages = [rows_of(client, "penguins", offset=offset, **query) for offset in range(0, 400, 100)]
    assert [page["total"] for page in pages] == [344] * 4
    assert [len(page["rows"]) for page in pages] == [100, 100, 100, 44]
    whole = rows_of(client, "penguins", **query | {"limit": 1000})["rows"]
    assert [row for page in pages for row in page["rows"]] == whole
    assert [list(row) for row in whole[:1]] == [["year", "species", "bill_length_mm"]]
    keys = [(-row["year"], row["species"]) for row in whole]
    assert keys == sorted(keys)


def test_an_offset_beyond_the_end_is_an_empty_page(client):
    page = rows_of(client, "penguins", offset=1000)
    assert (page["total"], page["rows"], page["next"]) == (344, [], None)


# --- Flights --------------------------------------------------------------------------------------------------------


def test_flights_come_out_with_types(flights):
    assert flights["rows"] == 336_776
    found = types(flights["columns"])
    texts = {"carrier", "tailnum", "origin", "dest"}
    assert found.pop("time_hour") == "timestamp"
    assert {name for name, kind in found.items() if kind == "text"} == texts
    assert {kind for name, kind in found.items() if name not in texts} == {"integer"}
    assert nullable(flights["columns"]) == {
        "dep_time", "dep_delay", "arr_time", "arr_delay", "tailnum", "air_time",
    }  # fmt: skip
    # Parquet takes a fraction of what the text takes.
    assert flights["bytes"] < len(data.flights_csv()) / 3


@pytest.mark.usefixtures("flights")
def test_mean_delay_by_carrier(client):
    aggregate = {
        "step": "aggregate",
        "group_by": ["carrier"],
        "aggregates": [
            {"column": "dep_delay", "function": "mean", "alias": "delay"},
            {"column": "dep_delay", "function": "std", "alias": "spread"},
            {"column": "dep_delay", "function": "median", "alias": "middle"},
            {"column": "dep_delay", "function": "count", "alias": "flown"},
            {"function": "count", "alias": "flights"},
            {"column": "air_time", "function": "sum", "alias": "minutes"},
            {"column": "distance", "function": "max", "alias": "furthest"},
            {"column": "dep_delay", "function": "min", "alias": "earliest"},
            {"column": "dest", "function": "count_distinct", "alias": "destinations"},
        ],
    }
    sort = {"step": "sort", "by": [{"column": "delay", "descending": True}]}
    answer = preview(client, "flights", aggregate, sort)
    expected = (
        data.flights()
        .groupby("carrier", as_index=False)
        .agg(
            delay=("dep_delay", "mean"),
            spread=("dep_delay", "std"),
            middle=("dep_delay", "median"),
            flown=("dep_delay", "count"),
            flights=("carrier", "size"),
            minutes=("air_time", "sum"),
            furthest=("distance", "max"),
            earliest=("dep_delay", "min"),
            destinations=("dest", "nunique"),
        )
        .sort_values("delay", ascending=False, kind="stable")
    )
    assert answer["total"] == 16
    assert_same(answer["rows"], expected)


@pytest.mark.usefixtures("flights")
def test_flights_by_month_and_origin(client):
    group = {"step": "aggregate", "group_by": ["month", "origin"], "aggregates": [{"function": "count", "alias": "n"}]}
    answer = preview(client, "flights", group)
    assert_same(answer["rows"], data.flights().groupby(["month", "origin"], as_index=False).agg(n=("year", "size")))


@pytest.mark.usefixtures("flights")
def test_filter_select_and_sort(client):
    steps = [
        {"step": "filter", "where": "dep_delay > 600 AND origin = 'JFK'"},
        {"step": "select", "columns": ["carrier", "flight", "dep_delay", "tailnum"]},
        {"step": "sort", "by": [{"column": "dep_delay", "descending": True}, {"column": "flight"}]},
    ]
    answer = preview(client, "flights", *steps, limit=5)
    frame = data.flights()
    expected = frame[(frame.dep_delay > 600) & (frame.origin == "JFK")]
    expected = expected.sort_values(["dep_delay", "flight"], ascending=[False, True])
    assert answer["total"] == len(expected)
    assert_same(answer["rows"], expected[["carrier", "flight", "dep_delay", "tailnum"]].head(5))


@pytest.mark.usefixtures("flights")
def test_rows_are_in_the_order_of_the_file(client):
    answer = rows_of(client, "flights", select=["flight", "tailnum", "arr_delay"], offset=250_000, limit=200)
    assert answer["total"] == 336_776
    assert_same(answer["rows"], data.flights()[["flight", "tailnum", "arr_delay"]].iloc[250_000:250_200])


@pytest.mark.usefixtures("flights")
def test_missing_flights_are_counted(client):
    answer = rows_of(client, "flights", where="dep_time IS NULL", limit=0)
    assert answer["total"] == int(data.flights().dep_time.isna().sum()) == 8255


# --- Weather --------------------------------------------------------------------------------------------------------


def test_weather_columns_are_numeric_though_na_stands_in_them(weather):
    assert weather["rows"] == len(data.weather())
    found = types(weather["columns"])
    floats = {"temp", "dewp", "humid", "wind_speed", "wind_gust", "precip", "pressure", "visib"}
    assert {name for name, kind in found.items() if kind == "float"} == floats
    assert {name for name, kind in found.items() if kind == "integer"} == {"year", "month", "day", "hour", "wind_dir"}
    assert found["wind_gust"] == "float" and "wind_gust" in nullable(weather["columns"])


@pytest.mark.usefixtures("weather")
def test_weather_by_origin(client):
    names = ["temp", "wind_gust", "pressure"]
    aggregates = [{"column": name, "function": "mean"} for name in names]
    answer = preview(client, "weather", {"step": "aggregate", "group_by": ["origin"], "aggregates": aggregates})
    expected = data.weather().groupby("origin", as_index=False)[names].mean()
    assert_same(answer["rows"], expected.rename(columns={name: f"mean_{name}" for name in names}))
