"""Paths, and what holds for those below them (test_starlette_urlconvertors, test_strict_content_type_app_level,
test_strict_content_type_router_level, test_strict_content_type_nested, test_default_response_class,
test_default_response_class_router, test_include_router_defaults_overrides, test_router_prefix_with_template …)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, FastAPI, HTTPException, Path
from fastapi.responses import JSONResponse
from pydantic import BaseModel


def level(number):
    return type(f"Level{number}", (JSONResponse,), {"media_type": f"application/x-level-{number}+json"})


class Item(BaseModel):
    name: str


def convertors():
    app = FastAPI()

    @app.get("/int/{param:int}")
    def read_int(param: int):
        return param

    @app.get("/float/{param:float}")
    def read_float(param: float):
        return param

    @app.get("/uuid/{param:uuid}")
    def read_uuid(param: UUID):
        return param

    @app.get("/str/{param:str}")
    def read_str(param: str):
        return param

    @app.get("/path/{param:path}")
    def read_path(param: str):
        return param

    @app.get("/bounded/{param:int}/x/{ratio:float}")
    def read_bounded(param: Annotated[int, Path(ge=5)], ratio: Annotated[float, Path(lt=1)]):
        return [param, ratio]

    @app.get("/either/{item_id:int}")
    def read_number(item_id: int):
        return {"number": item_id}

    @app.get("/either/{name}")
    def read_name(name: str):
        return {"name": name}

    @app.post("/either/{item_id:int}")
    def write_number(item_id: int):
        return {"number": item_id}

    router = APIRouter(prefix="/users/{user_id:int}")

    @router.get("/files/{file:path}")
    def read_file(user_id: int, file: str):
        return [user_id, file]

    app.include_router(router)

    @app.get("/users/{name}/files/all")
    def read_files(name: str):
        return name

    return app


def convertor_requests():
    texts = ["5", "007", "-1", "25.5", "1.", "a", "1e3", "%35", "0123456789abcdefABCDEF0123456789"]
    texts += ["01234567-89ab-cdef-0123-456789abcdef", "a%2Fb"]
    for kind in ["int", "float", "uuid", "str", "path", "either"]:
        for text in texts:
            yield "GET", f"/{kind}/{text}"
    yield "GET", "/path/some/example"
    for path in ["7/x/0.5", "1/x/3", "1/x/2.5", "a/x/1", "7/x/y"]:
        yield "GET", f"/bounded/{path}"
    yield "POST", "/either/5"
    for path in ["1/files/a/b", "1/files/", "ann/files/all", "ann/files/b"]:
        yield "GET", f"/users/{path}"


def strictness():
    def post(router, path, name, **options):
        def operation(data: dict):
            return data

        operation.__name__ = name
        router.post(path, **options)(operation)

    app = FastAPI()
    post(app, "/items", "strict_app")
    router = APIRouter(prefix="/lax", strict_content_type=False)
    post(router, "/items", "lax_router")
    app.include_router(router)
    yield "strict", app

    app = FastAPI(strict_content_type=False)
    post(app, "/items", "lax_app")
    router = APIRouter(prefix="/strict", strict_content_type=True)
    post(router, "/items", "strict_router")
    outer = APIRouter(prefix="/outer")
    strict = APIRouter(prefix="/strict", strict_content_type=True)
    default = APIRouter(prefix="/default")
    post(strict, "/items", "inner_strict")
    post(default, "/items", "inner_default")
    outer.include_router(strict)
    outer.include_router(default)
    app.include_router(router)
    app.include_router(outer)
    yield "lax", app


STRICT = [f"{path}/items" for path in ["", "/lax"]]
LAX = [f"{path}/items" for path in ["", "/strict", "/outer/strict", "/outer/default"]]


def strict_requests(paths):
    for path in paths:
        for headers in [[], [("content-type", "application/json")], [("content-type", "text/plain")], [("content-type", "")]]:
            yield "POST", path, headers, '{"key":"value"}'


def levels():
    """Of app, router, inclusion and operation the nearest wins, or comes last."""

    def described(number):
        return {400 + number: {"description": f"Client error level {number}"}, 500: {"description": f"Level {number}"}}

    def operations(router, number):
        @router.get("/default")
        def default(text: str):
            return text

        @router.get(
            "/override",
            tags=[f"own{number}a", f"own{number}b"],
            responses=described(number + 1),
            deprecated=True,
            response_class=level(number + 1),
        )
        def override(text: str):
            return text

        default.__name__ = f"default{number}"
        override.__name__ = f"override{number}"

    app = FastAPI(responses=described(0), default_response_class=level(0))

    @app.get("/default")
    def default0(text: str):
        return {"text": text}

    @app.get("/override", tags=["own"], responses=described(1), deprecated=True, response_class=level(1))
    def override0(text: str) -> Item:
        return Item(name=text)

    @app.get("/missing")
    def missing():
        raise HTTPException(404, "Nothing")

    @app.get("/nothing", status_code=204)
    def nothing():
        pass

    router = APIRouter(
        prefix="/router", tags=["router"], responses=described(4), default_response_class=level(4), deprecated=True
    )

    @router.get("/default")
    def default4(text: str):
        return text

    @router.get("/override", tags=["own"], responses=described(5), response_class=level(5))
    def override4(text: str):
        return text

    plain = APIRouter()

    @plain.get("/plain")
    def plain2(text: str):
        return text

    outer = APIRouter(prefix="/outer", tags=["outer"], responses=described(2), default_response_class=level(2))
    included = {"prefix": "/included", "tags": ["included"], "responses": described(3), "default_response_class": level(3)}
    outer.include_router(router, **included)
    outer.include_router(plain, **included)
    outer.include_router(router)
    outer.include_router(plain)
    app.include_router(outer)
    app.include_router(plain, prefix="/deprecated", deprecated=True)
    app.include_router(plain, prefix="/hidden", include_in_schema=False)
    return app


def level_requests():
    paths = ["", "/outer/included/router", "/outer/router"]
    for path in paths:
        yield "GET", f"{path}/default?text=a"
        yield "GET", f"{path}/override?text=a"
        yield "GET", f"{path}/default"
    for path in ["/outer/included", "/outer", "/deprecated", "/hidden"]:
        yield "GET", f"{path}/plain?text=a"
    yield "GET", "/missing"
    yield "GET", "/nothing"


def tables():
    yield "convertors", convertors(), convertor_requests()
    for (name, app), paths in zip(strictness(), [STRICT, LAX]):
        yield name, app, strict_requests(paths)
    yield "levels", levels(), level_requests()
