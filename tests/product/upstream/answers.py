"""What the document says of answers and more (test_additional_response_extra, test_additional_responses_router,
test_additional_responses_response_class, test_additional_responses_custom_validationerror,
test_additional_responses_default_validationerror, test_additional_responses_union_duplicate_anyof,
test_response_code_no_body, test_custom_schema_fields, test_openapi_route_extensions,
test_openapi_query_parameter_extension …)."""

from typing import Annotated

from fastapi import APIRouter, Body, Cookie, FastAPI, Form, Header, Path, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field


class JsonApi(JSONResponse):
    media_type = "application/vnd.api+json"


class Message(BaseModel):
    message: str


class Fault(BaseModel):
    status: str
    title: str


class Faults(BaseModel):
    errors: list[Fault]


class ModelA(BaseModel):
    a: str


class ModelB(BaseModel):
    b: str


class Extended(BaseModel):
    """Of the model."""

    model_config = ConfigDict(json_schema_extra={"x-internal": {"level": 4}, "examples": [{"name": "a"}], "title": "Another"})
    name: Annotated[str, Field(json_schema_extra={"x-widget": "text", "x-order": 1})]
    size: Annotated[int | None, Field(json_schema_extra={"x-unit": "m"})] = None
    message: Annotated[Message | None, Field(json_schema_extra={"x-nested": True})] = None
    required: Annotated[Message, Field(json_schema_extra={"x-nested": [1]})]


class Page(BaseModel):
    model_config = ConfigDict(json_schema_extra={"x-of-parameters": True})
    limit: Annotated[int, Field(json_schema_extra={"x-slider": True}, le=100)] = 10


def tables():
    app = FastAPI(
        responses={
            500: {
                "model": ModelA | ModelB,
                "content": {"application/json": {"examples": {"Case A": {"value": "a"}}}},
            }
        }
    )

    @app.get("/route1")
    def route1():
        pass

    @app.get("/route2")
    def route2():
        pass

    yield "answers_union", app, []

    app = FastAPI()

    @app.get("/a", responses={501: {"description": "Error 1"}})
    def a():
        return "a"

    @app.get("/b", responses={502: {"description": "Error 2"}, "4XX": {"description": "Error with range, upper"}})
    def b():
        return "b"

    @app.get(
        "/c",
        responses={
            "400": {"description": "Error with str"},
            "5xx": {"description": "Error with range, lower"},
            "default": {"description": "A default response"},
        },
    )
    def c():
        return "c"

    @app.get(
        "/d",
        responses={"400": {"description": "Error with str"}, "5XX": {"model": Message}, "default": {"model": Message}},
    )
    def d():
        return "d"

    @app.get("/own/{id}", response_class=JsonApi, responses={422: {"description": "Error", "model": Faults}})
    def own(id: str):
        return id

    @app.get("/range/{id}", responses={"4XX": {"model": Message}})
    def range_of(id: int):
        return id

    @app.get("/default/{id}", responses={"default": {"description": "Any"}})
    def default_of(id: int):
        return id

    @app.get("/plain/{id}")
    def plain(id: int):
        return id

    @app.get("/class-a", response_class=JsonApi, responses={500: {"description": "Error", "model": Faults}})
    def class_a():
        pass

    @app.get("/class-b", responses={500: {"description": "Error", "model": Fault}})
    def class_b():
        pass

    @app.get("/empty-a", status_code=204, response_class=JsonApi, responses={500: {"description": "Error", "model": Faults}})
    def empty_a():
        pass

    @app.get("/empty-b", responses={204: {"description": "No Content"}})
    def empty_b():
        pass

    sub_router = APIRouter()
    router = APIRouter()

    @sub_router.get("/")
    def read_item():
        return {"id": "foo"}

    router.include_router(sub_router, prefix="/items")
    app.include_router(router)

    @app.get("/extension", openapi_extra={"x-custom-extension": "value", "tags": ["more"]})
    def extension():
        return {}

    @app.get(
        "/parameters",
        openapi_extra={
            "parameters": [
                {"required": False, "schema": {"title": "Extra Param 1"}, "name": "extra_param_1", "in": "query"},
                {"required": True, "schema": {"title": "Extra Param 2"}, "name": "extra_param_2", "in": "query"},
            ]
        },
    )
    def parameters(standard_query_param: int | None = 50):
        return {}

    @app.post("/extended")
    def extended(item: Extended) -> Extended:
        return item

    @app.post("/described/{path}")
    def described(
        path: Annotated[int, Path(json_schema_extra={"x-place": "path"})],
        query: Annotated[str, Query(json_schema_extra={"x-place": "query", "format": "words"})],
        page: Annotated[Page, Cookie()],
        body: Annotated[Message, Body(json_schema_extra={"x-place": "body"}, embed=True)],
        header: Annotated[list[str] | None, Header(json_schema_extra={"x-place": "header"})] = None,
    ):
        return query

    @app.post("/form")
    def form(value: Annotated[str, Form(json_schema_extra={"x-place": "form"})]):
        return value

    yield "answers", app, requests()


def requests():
    for path in ["/a", "/b", "/c", "/d", "/own/1", "/range/x", "/default/x", "/class-a", "/items/", "/extension", "/empty-a", "/empty-b", "/parameters?standard_query_param=x"]:
        yield "GET", path
    sent = [("content-type", "application/json")]
    yield "POST", "/extended", sent, '{"name":"a","required":{"message":"b"}}'
    yield "POST", "/described/1?query=a", sent, '{"body":{"message":"b"}}'
