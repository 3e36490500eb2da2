"""Forms: what FastAPI's own tests outside of the tutorial say of single fields and models (test_request_params/test_form,
test_forms_single_param, test_forms_single_model, test_forms_from_non_typing_sequences, test_form_default …)."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import FastAPI, Form
from pydantic import AliasChoices, BaseModel, ConfigDict, Field


class Model(BaseModel):
    value: int
    other: int | None = None
    text: str = "x"
    tags: list[str] = []


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")
    value: Annotated[int, Field(validation_alias=AliasChoices("first", "second"))]


class ByName(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    items: Annotated[list[int], Field(alias="item")]


class Nullable(BaseModel):
    value: int | None


class Other(BaseModel):
    name: str


def tables():
    app = FastAPI()

    @app.post("/required")
    def required(value: Annotated[int, Form()]):
        return value

    @app.post("/text")
    def text(value: Annotated[str, Form(min_length=1)]):
        return value

    @app.post("/alias")
    def alias(value: Annotated[str, Form(alias="p_alias")]):
        return value

    @app.post("/nullable")
    def nullable(value: Annotated[int | None, Form()]):
        return value

    @app.post("/optional")
    def optional(value: Annotated[int | None, Form()] = None):
        return value

    @app.post("/default")
    def default(value: Annotated[int | None, Form(le=20)] = 10):
        return value

    @app.post("/checked-default")
    def checked_default(value: Annotated[int, Form(ge=5, validate_default=True)] = 1):
        return value

    @app.post("/choices")
    def choices(value: Annotated[int, Form(validation_alias=AliasChoices("first", "second"))]):
        return value

    @app.post("/union")
    def union(value: Annotated[int | str, Form()]):
        return value

    @app.post("/left")
    def left(value: Annotated[int | str, Form(union_mode="left_to_right")]):
        return value

    @app.post("/pattern")
    def pattern(value: Annotated[str, Form(pattern="(?i)^abc$")]):
        return value

    @app.post("/checked")
    def checked(value: Annotated[bool, Form()] = False):
        return value

    @app.post("/list")
    def list_of(value: Annotated[list[str], Form()]):
        return value

    @app.post("/optional-list")
    def optional_list(value: Annotated[list[str] | None, Form()] = None):
        return value

    @app.post("/default-list")
    def default_list(value: Annotated[list[str], Form()] = ["d"]):
        return value

    @app.post("/alias-list")
    def alias_list(value: Annotated[list[str], Form(alias="p_alias")]):
        return value

    @app.post("/choices-list")
    def choices_list(value: Annotated[list[int], Form(validation_alias=AliasChoices("first", "second"))]):
        return value

    @app.post("/first-fault")
    def first_fault(value: Annotated[list[int], Form(fail_fast=True)]):
        return value

    @app.post("/set")
    def distinct(value: Annotated[set[int], Form(max_length=2)]):
        return sorted(value)

    @app.post("/pair")
    def pair(value: Annotated[tuple[int, str], Form()]):
        return value

    @app.post("/model")
    def model(model: Annotated[Model, Form()]):
        return model

    @app.post("/closed-model")
    def closed_model(model: Annotated[Closed, Form()]):
        return {"value": model.value}

    @app.post("/by-name")
    def by_name(model: Annotated[ByName, Form()]):
        return model.items

    @app.post("/nullable-model")
    def nullable_model(model: Annotated[Nullable, Form()]):
        return model

    @app.post("/optional-model")
    def optional_model(model: Annotated[Model | None, Form()] = None):
        return model

    @app.post("/two-models")
    def two_models(model: Annotated[Model, Form()], other: Annotated[Other, Form()]):
        return [model, other]

    @app.post("/beside")
    def beside(model: Annotated[Model, Form()], single: Annotated[str, Form()] = "s"):
        return [model, single]

    yield "forms", app, requests()


NUMBERS = [[], [("value", "1")], [("value", "")], [("value", " ")], [("value", "x")], [("value", "1"), ("value", "2")], [("value", "1"), ("value", "")], [("other", "1")]]
TEXTS = [[], [("value", "a")], [("value", "a"), ("value", "b")], [("value", "")], [("value", "a"), ("value", "")], [("p_alias", "a")], [("p_alias", "a"), ("p_alias", "b")]]
INTEGERS = [[], [("value", "1"), ("value", "2")], [("value", "x"), ("value", "1"), ("value", "y")], [("value", "1"), ("value", "1"), ("value", "2")], [("value", "1"), ("value", "2"), ("value", "3")]]
CHOICES = [[], [("value", "1")], [("first", "1")], [("second", "2")], [("second", "2"), ("first", "1")], [("first", "x"), ("second", "2")], [("first", ""), ("second", "2")], [("first", ""), ("second", "")], [("second", "x")], [("first", "1"), ("unknown", "2")]]
SENT = {
    **{f"/{path}": NUMBERS for path in ["required", "text", "nullable", "optional", "default", "checked-default", "union", "left", "nullable-model"]},
    "/default": [*NUMBERS, [("value", "21")]],
    "/pattern": [[("value", "ABC")], [("value", "xyz")]],
    "/checked": [[], [("value", "on")], [("value", "")], [("value", "x")]],
    **{f"/{path}": TEXTS for path in ["alias", "list", "optional-list", "default-list", "alias-list"]},
    **{f"/{path}": INTEGERS for path in ["first-fault", "set", "pair"]},
    **{f"/{path}": CHOICES for path in ["choices", "choices-list", "closed-model"]},
    "/by-name": [[("items", "1")], [("items", "1"), ("item", "2")], [("item", "x")], []],
    **{f"/{path}": [*NUMBERS, [("value", "1"), ("tags", "a"), ("tags", "")], [("value", "1"), ("other", ""), ("text", "")], [("unknown", "1")], [("value", "1"), ("name", "n"), ("single", "q")]] for path in ["model", "optional-model", "two-models", "beside"]},
}


def requests():
    sent = [("content-type", "application/x-www-form-urlencoded")]
    for path, all_values in SENT.items():
        for values in all_values:
            yield "POST", path, sent, urlencode(values)
    for path in ["/required", "/optional", "/model", "/optional-model"]:
        yield "POST", path
        yield "POST", path, [("content-type", "application/json")], '{"value":1}'
        part = '--x\r\nContent-Disposition: form-data; name="value"\r\n\r\n5\r\n--x--\r\n'
        yield "POST", path, [("content-type", "multipart/form-data; boundary=x")], part
