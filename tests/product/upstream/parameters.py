"""Parameters: what FastAPI's own tests outside of the tutorial say of them (test_path, test_query, test_request_params,
test_query_alias_choices, test_header_cookie_alias_choices, test_path_alias_choices, test_param_include_in_schema,
test_repeated_parameter_alias, test_put_no_body, test_infer_param_optionality, test_json_type, test_starlette_urlconvertors …)."""

from datetime import date
from enum import Enum
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Cookie, Depends, FastAPI, Header, Path, Query
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, Json


class Choices(BaseModel):
    value: Annotated[int, Field(validation_alias=AliasChoices("first", "second"))]


class Model(BaseModel):
    value: int
    other: int | None = None
    text: str = "x"


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")
    value: Annotated[int, Field(validation_alias=AliasChoices("first", "second"))]


class Nullable(BaseModel):
    value: int | None


def of_place(Place):
    app = FastAPI()

    @app.post("/required")
    def required(value: Annotated[int, Place()]):
        return value

    @app.post("/text")
    def text(value: Annotated[str, Place(min_length=1)]):
        return value

    @app.post("/alias")
    def alias(value: Annotated[str, Place(alias="p_alias")]):
        return value

    @app.post("/nullable")
    def nullable(value: Annotated[int | None, Place()]):
        return value

    @app.post("/optional")
    def optional(value: Annotated[int | None, Place()] = None):
        return value

    @app.post("/default")
    def default(value: Annotated[int | None, Place(le=20)] = 10):
        return value

    @app.post("/checked-default")
    def checked_default(value: Annotated[int, Place(ge=5, validate_default=True)] = 1):
        return value

    @app.post("/choices")
    def choices(value: Annotated[int, Place(validation_alias=AliasChoices("first", "second"))]):
        return value

    @app.post("/union")
    def union(value: Annotated[int | str, Place()]):
        return value

    @app.post("/left")
    def left(value: Annotated[int | str, Place(union_mode="left_to_right")]):
        return value

    @app.post("/pattern")
    def pattern(value: Annotated[str, Place(pattern="(?i)^abc$")]):
        return value

    @app.post("/hidden")
    def hidden(value: Annotated[str | None, Place(include_in_schema=False)] = None):
        return value

    @app.post("/model")
    def model(model: Annotated[Model, Place()]):
        return model

    @app.post("/choices-model")
    def choices_model(model: Annotated[Choices, Place()]):
        return {"value": model.value}

    @app.post("/nullable-model")
    def nullable_model(model: Annotated[Nullable, Place()]):
        return model

    @app.post("/optional-model")
    def optional_model(model: Annotated[Model | None, Place()] = None):
        return model

    @app.post("/closed-model")
    def closed_model(model: Annotated[Closed, Place()]):
        return {"value": model.value}

    return app


NUMBERS = [[], [("value", "1")], [("value", "")], [("value", "x")], [("value", "1"), ("value", "2")], [("other", "1")]]

SENT = {
    "/required": NUMBERS,
    "/text": [*NUMBERS, [("value", " ")]],
    "/alias": [[], [("value", "x")], [("p_alias", "x")], [("p_alias", "")]],
    "/nullable": [*NUMBERS, [("value", "null")]],
    "/optional": NUMBERS,
    "/default": [*NUMBERS, [("value", "10")], [("value", "21")]],
    "/checked-default": [*NUMBERS, [("value", "5")]],
    "/choices": [
        [],
        [("value", "1")],
        [("first", "1")],
        [("second", "2")],
        [("second", "2"), ("first", "1")],
        [("first", "x"), ("second", "2")],
        [("first", ""), ("second", "2")],
        [("second", "x")],
        [("second", "1"), ("second", "2")],
    ],
    "/union": [[], [("value", "123")], [("value", "1.5")], [("value", "")]],
    "/left": [[("value", "123")], [("value", "1.5")]],
    "/pattern": [[("value", "ABC")], [("value", "xyz")]],
    "/hidden": [[], [("value", "x")]],
    "/model": [*NUMBERS, [("other", "x"), ("text", "")], [("value", "1"), ("unknown", "2"), ("unknown", "3")], [("text", "a"), ("unknown", "2")]],
    "/choices-model": [
        [],
        [("value", "1")],
        [("second", "2"), ("first", "1")],
        [("first", "x"), ("second", "2")],
        [("second", "x")],
        [("second", "1"), ("second", "2")],
    ],
    "/nullable-model": NUMBERS,
    "/optional-model": [[], [("unknown", "1")], [("value", "1")], [("text", "a")], [("value", "x"), ("text", "a")], [("value", "")]],
    "/closed-model": [[("first", "1")], [("second", "1")], [("first", "1"), ("second", "2")], [("first", "1"), ("unknown", "2")]],
}

LISTS = [
    [],
    [("value", "a")],
    [("value", "a"), ("value", "b")],
    [("value", "")],
    [("p_alias", "a")],
    [("p_alias", "a"), ("p_alias", "b")],
]
INTEGERS = [[("value", "x"), ("value", "1"), ("value", "y")], [("value", "1"), ("value", "2")], [("value", "1,2")], []]


def lists_of(Place):
    app = FastAPI()

    @app.post("/required")
    def required(value: Annotated[list[str], Place()]):
        return value

    @app.post("/optional")
    def optional(value: Annotated[list[str] | None, Place()] = None):
        return value

    @app.post("/default")
    def default(value: Annotated[list[str], Place()] = ["d"]):
        return value

    @app.post("/alias")
    def alias(value: Annotated[list[str], Place(alias="p_alias")]):
        return value

    @app.post("/integers")
    def integers(value: Annotated[list[int], Place()]):
        return value

    @app.post("/first-fault")
    def first_fault(value: Annotated[list[int], Place(fail_fast=True)]):
        return value

    @app.post("/set")
    def distinct(value: Annotated[set[int], Place(max_length=2)]):
        return sorted(value)

    @app.post("/pair")
    def pair(value: Annotated[tuple[int, str], Place()]):
        return value

    return app


SENT_LISTS = {
    "/required": LISTS,
    "/optional": LISTS,
    "/default": LISTS,
    "/alias": LISTS,
    "/integers": INTEGERS,
    "/first-fault": INTEGERS,
    "/set": [*INTEGERS, [("value", "1"), ("value", "1"), ("value", "2")], [("value", "1"), ("value", "2"), ("value", "3")]],
    "/pair": [[("value", "1"), ("value", "2")], [("value", "1")], [("value", "x"), ("value", "y"), ("value", "z")], []],
}


def requests(place, sent):
    for path, all_values in sent.items():
        for values in all_values:
            if place == "query":
                query = "&".join(f"{name}={value.replace(' ', '%20')}" for name, value in values)
                yield "POST", f"{path}?{query}" if query else path
            elif place == "header":
                yield "POST", path, values
            else:
                cookie = "; ".join(f"{name}={value}" for name, value in values)
                yield "POST", path, [("cookie", cookie)] if cookie else []


class Color(Enum):
    red = "red"
    green = "green"


class Level(int, Enum):
    low = 1
    high = 2


class Window(BaseModel):
    start: Annotated[int, Field(ge=0, description="The first")]
    size: Annotated[int, Field(gt=0, le=100)] = 10


def paths():
    app = FastAPI()

    @app.get("/int/{value}")
    def read_int(value: int):
        return value

    @app.get("/float/{value}")
    def read_float(value: float):
        return value

    @app.get("/bool/{value}")
    def read_bool(value: bool):
        return value

    @app.get("/str/{value}")
    def read_str(value: str):
        return value

    @app.get("/date/{value}")
    def read_date(value: date):
        return value

    @app.get("/color/{value}")
    def read_color(value: Color):
        return value

    @app.get("/level/{value}")
    def read_level(value: Level):
        return value

    @app.get("/literal/{value}")
    def read_literal(value: Literal["a", "b"]):
        return value

    @app.get("/lengths/{value}")
    def read_lengths(value: Annotated[str, Path(min_length=3, max_length=5)]):
        return value

    @app.get("/between/{value}")
    def read_between(value: Annotated[float, Path(gt=1, lt=3)]):
        return value

    @app.get("/between-equal/{value}")
    def read_between_equal(value: Annotated[int, Path(ge=1, le=3)]):
        return value

    @app.get("/multiple/{value}")
    def read_multiple(value: Annotated[int, Path(multiple_of=5)]):
        return value

    @app.get("/left/{value}")
    def read_left(value: Annotated[int | str, Path(union_mode="left_to_right")]):
        return value

    @app.get("/legacy/{id}")
    def read_choice(value: Annotated[int, Path(validation_alias=AliasChoices("item_id", "id"), ge=1)]):
        return value

    @app.get("/both/{second}/{first}")
    def read_choices(value: Annotated[int, Path(validation_alias=AliasChoices("first", "second"))], second: str):
        return {"value": value, "second": second}

    @app.get("/alias/{p_alias}")
    def read_alias(value: Annotated[str, Path(alias="p_alias")]):
        return value

    @app.get("/hidden/{value}")
    def read_hidden(value: Annotated[str, Path(include_in_schema=False)]):
        return value

    @app.get("/same/{name}")
    def read_same(path: Annotated[str, Path(alias="name")], query: Annotated[str, Query(alias="name")]):
        return {"path": path, "query": query}

    @app.put("/no-body/{value}")
    def put_no_body(value: str):
        return value

    @app.get("/files/{value:path}")
    def read_file(value: str):
        return value

    @app.get("/users/{user_id}/items")
    def read_user_items(user_id: str, window: Annotated[Window, Query()]):
        return {"user_id": user_id, "window": window}

    router = APIRouter()

    def get_identifier(value: Annotated[int, Path(validation_alias=AliasChoices("item_id", "id"), ge=1)]):
        return value

    @router.get("/detail")
    def read_detail(value: Annotated[int, Depends(get_identifier)]):
        return value

    app.include_router(router, prefix="/items/{item_id}")
    app.include_router(router, prefix="/legacy-items/{id}")

    @app.get("/json")
    def read_json(items: Annotated[Json[list[int]], Query()]):
        return items

    return app


TEXTS = ["foobar", "42", "True", "42.5", "3", "2", "-1", "0", "1.0", "null", "a", "red", "2018-11-03", "2018-13-03", "%20", "tajine", "ok", "1e3"]
KINDS = ["int", "float", "bool", "str", "date", "color", "level", "literal", "lengths", "between", "between-equal", "multiple", "left", "legacy", "alias", "hidden"]


def path_requests():
    for kind in KINDS:
        for text in TEXTS:
            yield "GET", f"/{kind}/{text}"
    yield "GET", "/both/2/1"
    yield "GET", "/both/2/invalid"
    yield "GET", "/same/a?name=b"
    yield "GET", "/same/a"
    yield "PUT", "/no-body/foo"
    yield "PUT", "/no-body/foo", [("content-type", "application/json")], '{"name": "Foo"}'
    yield "PUT", "/no-body/foo", [("content-type", "application/json")], "{broken"
    yield "GET", "/files/"
    yield "GET", "/files/a"
    yield "GET", "/files/a/b.txt"
    yield "GET", "/files//a/"
    yield "GET", "/users/ann/items?start=1"
    yield "GET", "/users/ann/items?start=-1&size=101"
    yield "GET", "/users/ann/items?size=5"
    for text in ["[1,2]", '[1,"x",1.5,"3"]', "[1", "{}", "[1] x", "x"]:
        yield "GET", f"/json?items={quote(text)}"
    yield "GET", "/json"
    for prefix in ["items", "legacy-items"]:
        for text in ["1", "0", "x"]:
            yield "GET", f"/{prefix}/{text}/detail"


def tables():
    for place, Place in [("query", Query), ("header", Header), ("cookie", Cookie)]:
        yield f"{place}", of_place(Place), requests(place, SENT)
    for place, Place in [("query", Query), ("header", Header)]:
        yield f"{place}_lists", lists_of(Place), requests(place, SENT_LISTS)
    yield "paths", paths(), path_requests()
