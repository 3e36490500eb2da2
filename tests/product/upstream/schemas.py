"""Schemas: what FastAPI's own tests outside of the tutorial say of them (test_computed_fields, test_no_schema_split,
test_openapi_separate_input_output_schemas, test_openapi_examples, test_schema_extra_examples, test_schema_ref_pydantic_v2,
test_openapi_model_description_trim_on_formfeed, test_duplicate_models_openapi, test_schema_compat_pydantic_v2 …)."""

from decimal import Decimal
from enum import Enum
from typing import Annotated, Literal

from fastapi import Body, Cookie, FastAPI, Header, Path, Query
from pydantic import BaseModel, ConfigDict, Field, computed_field


class Rectangle(BaseModel):
    width: int
    length: int

    @computed_field
    @property
    def area(self) -> int:
        return self.width * self.length


class Frame(BaseModel):
    outer: Rectangle
    inner: Rectangle | None = None


class Price(BaseModel):
    amount: Decimal


class Priced(BaseModel):
    price: Price
    size: int = 1


class SubItem(BaseModel):
    subname: str
    sub_description: str | None = None
    tags: list[str] = []


class Item(BaseModel):
    name: str
    description: str | None = None
    sub: SubItem | None = None


class Kind(str, Enum):
    alpha = "alpha"
    beta = "beta"


class Event(BaseModel):
    kind: Kind = Kind.alpha
    output: str


class Output(BaseModel):
    body: str = ""
    events: list[Event] = []


class Message(BaseModel):
    input: str
    output: Output


class Referring(BaseModel):
    ref: str = Field(alias="$ref")


class Cut(BaseModel):
    """What everybody may read.\fWhat the authors alone may read."""

    line: str


class Data(BaseModel):
    data: str


class Shown(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"data": "Data in the model"}]})
    data: Annotated[str, Field(examples=["one", "two"], title="The data", description="Of whatever kind.", deprecated=True)]


class Model(BaseModel):
    pass


class Model2(BaseModel):
    a: Model


class Model3(BaseModel):
    c: Model
    d: Model2


class Tree(BaseModel):
    name: str
    children: list["Tree"] = []
    parent: "Tree | None" = None


class User(BaseModel):
    username: str
    role: Kind | Literal["root", 0]


EXAMPLES = {
    "One": {"summary": "The first", "description": "In *words*.", "value": "item_1"},
    "Two": {"value": "item_2"},
}


def tables():
    app = FastAPI()

    @app.get("/rectangle")
    def read_rectangle() -> Rectangle:
        return Rectangle(width=3, length=4)

    @app.post("/rectangle")
    def create_rectangle(rectangle: Rectangle) -> Rectangle:
        return rectangle

    @app.post("/frames")
    def create_frames(frames: list[Frame]) -> list[Frame]:
        return frames

    @app.post("/items")
    def create_item(item: Item) -> Item:
        return item

    @app.get("/items")
    def read_items() -> list[Item]:
        return [Item(name="Portal Gun", sub=SubItem(subname="subname")), Item(name="Plumbus")]

    @app.post("/messages")
    def create_message(input_message: str) -> Message:
        return Message(input=input_message, output=Output(body=f"Processed: {input_message}"))

    @app.get("/referring")
    def read_referring() -> Referring:
        return Referring(**{"$ref": "some-ref"})

    @app.post("/cut")
    def create_cut(cut: Cut) -> Cut:
        return cut

    @app.post("/examples/body")
    def body_examples(
        item: Annotated[
            Data,
            Body(examples=[{"data": "one"}, {"data": "two"}], openapi_examples={"One": {"summary": "S", "value": {"data": "x"}}}),
        ],
    ):
        return item

    @app.get("/examples/path/{item_id}")
    def path_examples(item_id: Annotated[str, Path(examples=["a", "b"], openapi_examples=EXAMPLES)]):
        return item_id

    @app.get("/examples/query")
    def query_examples(data: Annotated[str | None, Query(examples=["a", "b"], openapi_examples=EXAMPLES)] = None):
        return data

    @app.get("/examples/header")
    def header_examples(data: Annotated[str | None, Header(examples=["a", "b"], openapi_examples=EXAMPLES)] = None):
        return data

    @app.get("/examples/cookie")
    def cookie_examples(data: Annotated[str | None, Cookie(examples=["a", "b"], openapi_examples=EXAMPLES)] = None):
        return data

    @app.post("/shown")
    def create_shown(shown: Shown) -> Shown:
        return shown

    @app.get("/models")
    def read_models() -> Model3:
        return Model3(c=Model(), d=Model2(a=Model()))

    @app.post("/trees")
    def create_tree(tree: Tree) -> Tree:
        return tree

    @app.post("/users")
    def create_user(user: User) -> User:
        return user

    @app.get("/described")
    def described(
        item_id: Annotated[int, Query(title="The ID", description="Of the *item*.", ge=1, deprecated=True)],
        size: Annotated[float, Query(gt=0, lt=10.5, multiple_of=0.5)] = 1,
        word: Annotated[str, Query(min_length=2, max_length=5, pattern="^a")] = "ab",
        kind: Kind = Kind.beta,
        kinds: Annotated[list[Kind], Query(max_length=2)] = [],
        maybe: Annotated[int | None, Query(le=5, title="Perhaps")] = None,
    ):
        return item_id

    yield "schemas", app, requests()

    app = FastAPI(separate_input_output_schemas=False)

    @app.post("/joined/rectangle")
    def joined_rectangle(rectangle: Rectangle) -> Rectangle:
        return rectangle

    @app.post("/joined/frames")
    def joined_frames(frames: list[Frame]) -> list[Frame]:
        return frames

    @app.post("/joined/prices")
    def joined_prices(price: Price) -> Price:
        return price

    @app.get("/joined/prices")
    def read_joined_prices() -> list[Priced]:
        return [Priced(price=Price(amount=1))]

    @app.post("/joined/trees")
    def joined_trees(tree: Tree) -> Tree:
        return tree

    yield "joined", app, []


def requests():
    json_type = [("content-type", "application/json")]
    for path in ["/rectangle", "/items", "/referring", "/models"]:
        yield "GET", path
    for path, body in [
        ("/rectangle", '{"width":2,"length":3,"area":7}'),
        ("/frames", '[{"outer":{"width":1,"length":2}}]'),
        ("/items", '{"name":"Plumbus"}'),
        ("/items", '{"name":"Plumbus","sub":{"subname":"Sub","sub_description":"x"}}'),
        ("/cut", '{"line":"x"}'),
        ("/shown", '{"data":"x"}'),
        ("/trees", '{"name":"a","children":[{"name":"b","children":[{}]}]}'),
        ("/users", '{"username":"a","role":"alpha"}'),
        ("/users", '{"username":"a","role":0}'),
        ("/users", '{"username":"a","role":"nobody"}'),
    ]:
        yield "POST", path, json_type, body
    yield "POST", "/messages?input_message=Hello"
    yield "GET", "/described?item_id=1"
