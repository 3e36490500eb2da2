"""What is read by dependencies and by those who depend on them, once each (test_enforce_once_required_parameter,
test_param_in_path_and_dependency, test_repeated_dependency_schema, test_dependency_duplicates,
test_infer_param_optionality, test_router_prefix_with_template, test_generate_unique_id_function, test_form_default,
test_multiple_parameter_models …)."""

from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, FastAPI, File, Form, Header, Query
from pydantic import BaseModel, ConfigDict, Field


class Item(BaseModel):
    data: str


class Message(BaseModel):
    title: str


class Filters(BaseModel):
    model_config = ConfigDict(extra="allow")
    term: str


class Pagination(BaseModel):
    model_config = ConfigDict(extra="allow")
    limit: int = Field(10, ge=1, description="Page size")


def client_key(client_id: Annotated[str, Query()]):
    return f"{client_id}_key"


def client_tag(client_id: Annotated[str | None, Query()] = None):
    return f"{client_id}_tag" if client_id else None


def user_exists(user_id: int):
    return True


def get_header(someheader: Annotated[str, Header()]):
    return someheader


def get_something_else(someheader: Annotated[str, Depends(get_header)]):
    return f"{someheader}123"


def duplicate_dependency(item: Item):
    return item


def dependency(item2: Item):
    return item2


def sub_duplicate_dependency(item: Item, sub_item: Annotated[Item, Depends(duplicate_dependency)]):
    return [item, sub_item]


def composed(marker, name, app):
    def filters_dependency(filters: Annotated[Filters, marker()]):
        return filters

    def read(
        filters: Annotated[Filters, marker()],
        pagination: Annotated[Pagination, marker()],
        host: Annotated[str, marker()] = "testserver",
    ):
        return {"filters": filters, "pagination": pagination, "host": host}

    def depend(
        filters: Annotated[Filters, Depends(filters_dependency)],
        pagination: Annotated[Pagination, marker()],
        host: Annotated[str, marker()] = "testserver",
    ):
        return {"filters": filters, "pagination": pagination, "host": host}

    read.__name__ = f"read_{name}"
    depend.__name__ = f"depend_{name}"
    app.get(f"/{name}")(read)
    app.get(f"/{name}/dependency")(depend)


def tables():
    app = FastAPI()

    @app.get("/foo")
    def foo(key: Annotated[str, Depends(client_key)], tag: Annotated[str | None, Depends(client_tag)]):
        return {"client_id": key, "client_tag": tag}

    @app.get("/bar")
    def bar(tag: Annotated[str | None, Depends(client_tag)], key: Annotated[str, Depends(client_key)]):
        return {"client_id": key, "client_tag": tag}

    @app.get("/exists/{user_id}", dependencies=[Depends(user_exists)])
    def read_users(user_id: int):
        return user_id

    @app.get("/header")
    def get_deps(dep1: Annotated[str, Depends(get_header)], dep2: Annotated[str, Depends(get_something_else)]):
        return {"dep1": dep1, "dep2": dep2}

    @app.post("/with-duplicates")
    def with_duplicates(item: Item, item2: Annotated[Item, Depends(duplicate_dependency)]):
        return [item, item2]

    @app.post("/no-duplicates")
    def no_duplicates(item: Item, item2: Annotated[Item, Depends(dependency)]):
        return [item, item2]

    @app.post("/with-duplicates-sub")
    def with_duplicates_sub(item: Item, sub_items: Annotated[list[Item], Depends(sub_duplicate_dependency)]):
        return [item, sub_items]

    users = APIRouter()
    items = APIRouter()

    @users.get("/")
    def get_users():
        return [{"user_id": "u1"}]

    @users.get("/{user_id}")
    def get_user(user_id: str):
        return {"user_id": user_id}

    @items.get("/")
    def get_items(user_id: str | None = None):
        return [{"user_id": user_id}]

    @items.get("/{item_id}")
    def get_item(item_id: str, user_id: str | None = None):
        return {"item_id": item_id, "user_id": user_id}

    app.include_router(users, prefix="/users")
    app.include_router(items, prefix="/items")
    app.include_router(items, prefix="/users/{user_id}/items")

    segments = APIRouter()

    @segments.get("/users/{id}")
    def read_user(segment: str, id: str):
        return {"segment": segment, "id": id}

    app.include_router(segments, prefix="/segments/{segment}")

    @app.post("/urlencoded")
    def post_url_encoded(age: Annotated[int | None, Form()] = None):
        return age

    @app.post("/multipart")
    def post_multi_part(age: Annotated[int | None, Form()] = None, file: Annotated[bytes | None, File()] = None):
        return {"file": file, "age": age}

    for name, marker in [("query", Query), ("headers", Header), ("cookie", Cookie)]:
        composed(marker, name, app)

    yield "dependencies", app, requests()
    yield "ids", ids(), []


def requests():
    for path in ["/foo", "/foo?client_id=bar", "/bar", "/bar?client_id=bar", "/exists/42", "/exists/x", "/header"]:
        yield "GET", path
    yield "GET", "/header", [("someheader", "hello")]
    sent = [("content-type", "application/json")]
    for path in ["with-duplicates", "no-duplicates", "with-duplicates-sub"]:
        for body in ['{"data":"a"}', '{"item":{"data":"a"}}', '{"item":{"data":"a"},"item2":{"data":"b"}}', "{}", "[]", "{"]:
            yield "POST", f"/{path}", sent, body
        yield "POST", f"/{path}"
    for path in ["/users/", "/users/abc", "/items/", "/items/?user_id=abc", "/items/i1", "/items/i1?user_id=abc", "/users/abc/items/", "/users/abc/items/i1", "/segments/seg/users/foo"]:
        yield "GET", path
    form = [("content-type", "application/x-www-form-urlencoded")]
    for path in ["/urlencoded", "/multipart"]:
        for body in ["age=", "age=1", "age=x", ""]:
            yield "POST", path, form, body
    for values in [
        [("term", "hello"), ("limit", "2"), ("host", "example.com")],
        [("term", "hello")],
        [("term", "hello"), ("limit", "0")],
        [("term", "hello"), ("typo", "unexpected"), ("host", "example.com")],
        [("limit", "x")],
        [],
    ]:
        for rest in ["", "/dependency"]:
            query = "&".join(f"{name}={value}" for name, value in values)
            yield "GET", f"/query{rest}?{query}"
            yield "GET", f"/headers{rest}", values
            yield "GET", f"/cookie{rest}", [("cookie", query.replace("&", "; "))]


def ids():
    def named(word):
        return lambda route: f"{word}_{route.name}"

    def post(router, path, name, **options):
        def operation(item1: Item, item2: Item) -> list[Item]:
            return [item1, item2]

        operation.__name__ = name
        router.post(path, responses={404: {"model": list[Message]}}, **options)(operation)

    app = FastAPI(generate_unique_id_function=named("foo"))
    post(app, "/", "post_root")
    post(app, "/own", "post_own", operation_id="own")
    inner = APIRouter(generate_unique_id_function=named("bar"))
    post(inner, "/router", "post_router")
    plain = APIRouter()
    post(plain, "/plain", "post_plain")
    again = APIRouter()
    post(again, "/again", "post_again")
    app.include_router(inner)
    app.include_router(plain)
    app.include_router(again, prefix="/baz", generate_unique_id_function=named("baz"))
    return app
