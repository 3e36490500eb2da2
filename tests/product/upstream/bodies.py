"""Bodies: what FastAPI's own tests outside of the tutorial say of them (test_body_alias_choices, test_request_params/test_body,
test_multi_body_errors, test_union_body, test_union_inherited_body, test_union_body_discriminator, test_tuples,
test_get_request_body, test_additional_properties, test_modules_same_name_body …)."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import Body, FastAPI
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, Json


class Priced(BaseModel):
    name: str
    age: Annotated[Decimal, Field(gt=0)]


class Item(BaseModel):
    name: str | None = None


class OtherItem(BaseModel):
    price: int


class ExtendedItem(BaseModel):
    name: str | None = None
    age: int


class First(BaseModel):
    kind: Literal["first"]
    price: int


class Other(BaseModel):
    kind: Literal["other"]
    price: float


class Count(BaseModel):
    count: int


class ItemGroup(BaseModel):
    items: list[tuple[str, str]]


class Coordinate(BaseModel):
    x: float
    y: float


class Product(BaseModel):
    name: str
    description: str | None = None
    price: float


class Shop(BaseModel):
    name: str


class Items(BaseModel):
    items: dict[str, int]


class Texts(BaseModel):
    numbers: Json[dict[str, int]]
    any: Json


class Foo(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Defaults(BaseModel):
    value: int = 10
    nullable: int | None = 10
    required: int | None


def tables():
    app = FastAPI()

    @app.post("/embedded")
    def embedded(value: Annotated[int, Body(embed=True, validation_alias=AliasChoices("first", "second"))]):
        return value

    @app.post("/multiple")
    def multiple(
        items: Annotated[list[int], Body(default_factory=list, validation_alias=AliasChoices("items", "tags"))],
        value: Annotated[int | None, Body(validation_alias=AliasChoices("first", "second"))] = 10,
    ):
        return {"value": value, "items": items}

    @app.post("/nested-alias")
    def nested_alias(item: Annotated[Count, Body(embed=True, validation_alias=AliasChoices("item", "data"))]):
        return item

    @app.post("/required")
    def required(value: Annotated[int, Body()]):
        return value

    @app.post("/nullable")
    def nullable(value: Annotated[int | None, Body()]):
        return value

    @app.post("/default")
    def default(value: Annotated[int, Body()] = 10):
        return value

    @app.post("/nullable-default")
    def nullable_default(value: Annotated[int | None, Body()] = 10):
        return value

    @app.post("/embedded-nullable")
    def embedded_nullable(value: Annotated[int | None, Body(embed=True)]):
        return value

    @app.post("/embedded-default")
    def embedded_default(value: Annotated[int, Body(embed=True)] = 10):
        return value

    @app.post("/list")
    def list_of(value: Annotated[list[int], Body()]):
        return value

    @app.post("/first-fault")
    def first_fault(value: Annotated[list[int], Body(fail_fast=True)]):
        return value

    @app.post("/union-mode")
    def union_mode(value: Annotated[int | str, Body()]):
        return value

    @app.post("/left")
    def left(value: Annotated[int | str, Body(union_mode="left_to_right")]):
        return value

    @app.post("/checked-default")
    def checked_default(value: Annotated[int, Body(ge=5, validate_default=True)] = 1):
        return value

    @app.post("/model-defaults")
    def model_defaults(value: Defaults):
        return value

    @app.post("/nullable-model")
    def nullable_model(value: Annotated[Count | None, Body()]):
        return value

    @app.post("/optional-model")
    def optional_model(value: Count | None = None):
        return value

    @app.post("/priced")
    def priced(item: list[Priced]):
        return [one.name for one in item]

    @app.post("/union")
    def union(item: OtherItem | Item):
        return {"item": item}

    @app.post("/inherited")
    def inherited(item: ExtendedItem | Item):
        return {"item": item}

    @app.post("/tagged", include_in_schema=False)
    def tagged(item: Annotated[First | Other, Body(discriminator="kind")], q: str):
        return {"item": item, "q": q}

    @app.post("/model-with-tuple")
    def model_with_tuple(item_group: ItemGroup):
        return item_group

    @app.post("/tuple-of-models")
    def tuple_of_models(square: tuple[Coordinate, Coordinate]):
        return square

    @app.get("/product")
    def get_product(product: Product):
        return product

    @app.post("/products")
    def create_product(data: Annotated[Product, Body(media_type="application/vnd.api+json", embed=True)]):
        return data

    @app.post("/shops")
    def create_shop(
        data: Annotated[Shop, Body(media_type="application/vnd.api+json")],
        included: Annotated[list[Product], Body(media_type="application/vnd.api+json")] = [],
    ):
        return {"data": data, "included": included}

    @app.post("/map")
    def map_of(items: Items):
        return items.items

    @app.post("/closed")
    def closed(item: Foo | None = None):
        return item

    @app.post("/a/compute")
    def compute(a: Annotated[int, Body()], b: Annotated[str, Body()]):
        return {"a": a, "b": b}

    @app.post("/any")
    def anything(value: Annotated[Any, Body()]):
        return value

    @app.post("/texts")
    def texts(texts: Texts):
        return texts

    yield "bodies", app, requests()


SCALARS = ["", "null", "1", "0", '"1"', '"x"', "[]", "{}", "true", '{"value":1}']
EMBEDDED = ["", "null", "[]", "1", "{}", '{"value":1}', '{"value":null}', '{"value":"x"}']

SENT = {
    "/embedded": [
        '{"first":1}', '{"second":2}', '{"second":2,"first":0}', '{"first":"invalid","second":2}', '{"first":"","second":2}',
        '{"second":"invalid"}', "{}", '{"value":1}', '{"first":null,"second":2}', '{"second":null}', "null", "[]", '"first"', "",
    ],
    "/multiple": [
        "{}", '{"value":1}', '{"first":1,"items":[2,3]}', '{"second":2,"tags":[3,4]}', '{"second":2,"first":0,"tags":[3],"items":[]}',
        '{"first":null,"second":2}', '{"second":null}', '{"tags":[1,"invalid"]}', "null", "[]", "1", '"first"', "",
    ],
    "/nested-alias": ['{"data":{"count":1}}', '{"data":{"count":"invalid"}}', '{"item":{},"data":{"count":1}}', "{}"],
    "/required": SCALARS,
    "/nullable": SCALARS,
    "/default": SCALARS,
    "/nullable-default": SCALARS,
    "/embedded-nullable": EMBEDDED,
    "/embedded-default": EMBEDDED,
    "/list": [*SCALARS, '[1,"2"]', '["x",1,"y"]'],
    "/first-fault": ['["x",1,"y"]', "[1,2]"],
    "/union-mode": ['"123"', "123", "1.5", "null", "true", "[]"],
    "/left": ['"123"', '"x"', "1.5"],
    "/checked-default": ["", "5", "1", "null"],
    "/model-defaults": ['{"required":null}', "{}", '{"required":1,"value":null}', '{"required":1,"value":2,"nullable":null}', "", "null"],
    "/nullable-model": ["", "null", '{"count":1}', '{"count":"x"}', "{}", "[]"],
    "/optional-model": ["", "null", '{"count":1}', '{"count":"x"}', "{}", "[]"],
    "/priced": ['[{"name":"Foo","age":5}]', '[{"name":"Foo","age":-1.0}]', '[{"age":"five"},{"age":"six"}]', "{}", "[]"],
    "/union": ['{"price":100}', '{"name":"Foo"}', "{}", '{"price":"x"}', "[]"],
    "/inherited": ['{"name":"Foo","age":5}', '{"name":"Foo"}', '{"age":"x"}', '{"name":1}'],
    "/tagged?q=first": ['{"kind":"first","price":100}', '{"kind":"other","price":100.5}', '{"kind":"first","price":1.5}', '{"kind":"third"}', "{}", "[]", ""],
    "/model-with-tuple": ['{"items":[["foo","bar"],["baz","whatelse"]]}', '{"items":[["foo","bar"],["baz","whatelse","too","much"]]}', '{"items":[["foo","bar"],["baz"]]}'],
    "/tuple-of-models": ['[{"x":1,"y":2},{"x":3,"y":4}]', '[{"x":1,"y":2},{"x":3,"y":4},{"x":5,"y":6}]', '[{"x":1,"y":2}]', "{}"],
    "/products": ['{"data":{"name":"a","price":1}}', "{}"],
    "/shops": ['{"data":{"name":"a"}}', '{"data":{"name":"a"},"included":[{"name":"b","price":"x"}]}'],
    "/map": ['{"items":{"foo":1,"bar":2}}', '{"items":{"foo":"x"}}', '{"items":[]}'],
    "/closed": ["{}", '{"bar":"baz"}', "", "null"],
    "/a/compute": ['{"a":2,"b":"foo"}', '{"a":"bar","b":"foo"}'],
    "/texts": ['{"numbers":"{\\"a\\":1}","any":"null"}', '{"numbers":"{\\"a\\":\\"x\\"}","any":"nul"}', '{"numbers":3,"any":{}}', "{}"],
    "/any": ["null", "1", '{"a":[1]}', ""],
}


def requests():
    json_type = [("content-type", "application/json")]
    for path, bodies in SENT.items():
        for body in bodies:
            yield "POST", path, json_type if body else [], body
    yield "GET", "/product", json_type, '{"name":"Foo","description":"Some description","price":5.5}'
    for content_type in ["application/vnd.api+json", "application/geo+json; a=b", "text/plain", "APPLICATION/JSON"]:
        yield "POST", "/products", [("content-type", content_type)], '{"data":{"name":"a","price":1}}'
        yield "POST", "/required", [("content-type", content_type)], "1"
        yield "POST", "/any", [("content-type", content_type)], "1"
