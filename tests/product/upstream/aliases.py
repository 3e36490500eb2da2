"""Several names of one parameter, and optional models of headers and cookies (test_query_alias_choices,
test_header_cookie_alias_choices, test_body_alias_choices, test_request_param_model_by_alias,
test_header_cookie_optional_models, test_query_cookie_header_model_extra_params, test_parameter_extraction …)."""

from typing import Annotated

from fastapi import Cookie, Depends, FastAPI, Header, Query
from pydantic import AliasChoices, BaseModel, ConfigDict, Field


def choices(*names):
    return Field(validation_alias=AliasChoices(*names))


class Chosen(BaseModel):
    value: Annotated[int, choices("first", "second")]
    items: Annotated[list[str], Field(validation_alias=AliasChoices("item", "tag"), title="Chosen items")] = ["default"]


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")
    value: Annotated[int, choices("first", "second", "third")]
    other: str


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")
    names: Annotated[list[str], choices("names", "legacy")]


class ByName(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    items: Annotated[list[int], Field(alias="item")]


class CookieByName(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    item_count: Annotated[int, Field(alias="item")]


class ByNameOrChoices(BaseModel):
    model_config = ConfigDict(populate_by_name=True, extra="forbid")
    items: Annotated[list[int], choices("item", "tag")]


class Listed(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    items: Annotated[list[int], choices("item", "items")]


class HeaderChoices(BaseModel):
    x_value: Annotated[int, choices("X-First", "X-Second")]
    item_values: Annotated[list[str], choices("item_values", "X-Tag")] = ["default"]


class ClosedHeaders(BaseModel):
    model_config = ConfigDict(extra="forbid")
    value: Annotated[int, choices("X-First", "X-Second")]


class OpenHeaders(BaseModel):
    model_config = ConfigDict(extra="allow")
    names: Annotated[list[str], choices("Names", "Legacy")]


class HeadersByName(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    x_values: Annotated[list[int], Field(alias="X-Second")]


class HeadersByNameOrChoices(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    x_values: Annotated[list[int], choices("X-First", "X-Second")]


class RequestHeaders(BaseModel):
    x_request_id: str
    x_attempt: int
    x_tag: list[str] = []
    enabled: bool = True


class Identified(BaseModel):
    x_id: int


class Literally(BaseModel):
    request_id: Annotated[str, choices("X-Request_ID", "X-Legacy_ID")]
    x_attempt: int


class Ignoring(BaseModel):
    x_tag: str = "default"


class Allowing(BaseModel):
    model_config = ConfigDict(extra="allow")
    x_tag: str = "default"


class Forbidding(BaseModel):
    model_config = ConfigDict(extra="forbid")
    x_tag: str = "default"


class AllowingRequired(BaseModel):
    model_config = ConfigDict(extra="allow")
    x_id: int


class Trace(BaseModel):
    x_trace: str


class ClientInfo(BaseModel):
    x_client: str


class Cookies(BaseModel):
    session_id: str
    counter: int
    enabled: bool = True


class Session(BaseModel):
    session_id: Annotated[int, choices("sessionId", "legacyId")]


class Value(BaseModel):
    value: int


def get_client_info(info: Annotated[ClientInfo | None, Header()] = None):
    return info


def get_session(session: Annotated[Value | None, Cookie()] = None):
    return session


def tables():
    app = FastAPI()

    @app.get("/individual")
    def individual(
        value: Annotated[int, Query(validation_alias=AliasChoices("first", "second"))],
        items: Annotated[list[str], Query(validation_alias=AliasChoices("item", "tag"), title="Chosen items")] = ["default"],
    ):
        return {"value": value, "items": items}

    @app.get("/empty")
    def empty(value: Annotated[int, Query(validation_alias=AliasChoices("", "other"))]):
        return value

    @app.get("/chosen")
    def chosen(data: Annotated[Chosen, Query()]):
        return {"value": data.value, "items": data.items}

    @app.get("/closed")
    def closed(data: Annotated[Closed, Query()]):
        return {"value": data.value}

    @app.get("/open")
    def open_model(data: Annotated[Open, Query()]):
        return {"names": data.names, "rest": data.model_extra}

    @app.get("/by-name")
    def by_name(data: Annotated[ByName, Query()]):
        return data.items

    @app.get("/by-name-or-choices")
    def by_name_or_choices(data: Annotated[ByNameOrChoices, Query()]):
        return data.items

    @app.get("/listed")
    def listed(data: Annotated[Listed, Query()]):
        return data.items

    @app.get("/cookie-closed")
    def cookie_closed(data: Annotated[Closed, Cookie()]):
        return {"value": data.value}

    @app.get("/cookie-chosen")
    def cookie_chosen(data: Annotated[Chosen, Cookie()]):
        return {"value": data.value}

    @app.get("/cookie")
    def cookie(value: Annotated[int, Cookie(validation_alias=AliasChoices("session", "legacy_session"))] = 10):
        return value

    @app.get("/cookie-by-name")
    def cookie_by_name(data: Annotated[CookieByName, Cookie()]):
        return data.item_count

    @app.post("/body-closed")
    def body_closed(data: Closed):
        return {"value": data.value}

    @app.post("/body-open")
    def body_open(data: Open):
        return {"names": data.names, "rest": data.model_extra}

    @app.post("/body-by-name")
    def body_by_name(data: list[ByNameOrChoices]):
        return [one.items for one in data]

    @app.post("/unwrapped")
    def unwrapped(value: Annotated[int, Query(validation_alias=AliasChoices("first", "second"))]):
        return value

    yield "aliases", app, requests()

    app = FastAPI()

    @app.get("/header")
    def header(
        x_value: Annotated[int, Header(validation_alias=AliasChoices("X-First", "X-Second"))],
        item_values: Annotated[list[str], Header(validation_alias=AliasChoices("item_values", "X-Tag"))] = ["default"],
    ):
        return {"value": x_value, "items": item_values}

    @app.get("/model")
    def model(data: Annotated[HeaderChoices, Header()]):
        return {"value": data.x_value, "items": data.item_values}

    @app.get("/closed")
    def closed_headers(data: Annotated[ClosedHeaders, Header()]):
        return {"value": data.value}

    @app.get("/open")
    def open_headers(data: Annotated[OpenHeaders, Header()]):
        return {"names": data.names, "rest": data.model_extra}

    @app.get("/by-name")
    def headers_by_name(data: Annotated[HeadersByName, Header()]):
        return data.x_values

    @app.get("/by-name-literal")
    def headers_by_name_literal(data: Annotated[HeadersByName, Header(convert_underscores=False)]):
        return data.x_values

    @app.get("/by-name-or-choices")
    def headers_by_name_or_choices(data: Annotated[HeadersByNameOrChoices, Header()]):
        return data.x_values

    @app.get("/optional")
    def optional(headers: Annotated[RequestHeaders | None, Header()] = None):
        return headers

    @app.get("/conversion")
    def conversion(
        converted: Annotated[Identified | None, Header()] = None,
        literal: Annotated[Identified | None, Header(convert_underscores=False)] = None,
    ):
        return [converted, literal]

    @app.get("/literally")
    def literally(headers: Annotated[Literally | None, Header()] = None):
        return headers.request_id if headers else None

    @app.get("/ignoring")
    def ignoring(headers: Annotated[Ignoring | None, Header()] = None):
        return headers

    @app.get("/allowing")
    def allowing(headers: Annotated[Allowing | None, Header()] = None):
        return headers

    @app.get("/forbidding")
    def forbidding(headers: Annotated[Forbidding | None, Header()] = None):
        return headers

    @app.get("/allowing-required")
    def allowing_required(headers: Annotated[AllowingRequired | None, Header()] = None):
        return headers

    @app.get("/siblings")
    def siblings(
        host: Annotated[str, Header()],
        info: Annotated[ClientInfo | None, Depends(get_client_info)],
        trace: Annotated[Trace | None, Header()] = None,
    ):
        return [trace, info]

    @app.get("/default")
    def default(trace: Annotated[Trace | None, Header()] = Trace(x_trace="default")):
        return trace

    @app.get("/required")
    def required(trace: Annotated[Trace | None, Header()]):
        return trace

    @app.get("/cookies")
    def cookies(cookies: Annotated[Cookies | None, Cookie()] = None):
        return cookies

    @app.get("/cookie-case")
    def cookie_case(cookies: Annotated[Session | None, Cookie()] = None):
        return cookies.session_id if cookies else None

    @app.get("/cookie-ignoring")
    def cookie_ignoring(session_id: Annotated[str, Cookie()], other: Annotated[Ignoring | None, Cookie()] = None):
        return other

    @app.get("/cookie-allowing")
    def cookie_allowing(session_id: Annotated[str, Cookie()], other: Annotated[Allowing | None, Cookie()] = None):
        return other

    @app.get("/cookie-forbidding")
    def cookie_forbidding(session_id: Annotated[str, Cookie()], other: Annotated[Forbidding | None, Cookie()] = None):
        return other

    @app.get("/cookie-siblings")
    def cookie_siblings(
        session: Annotated[Value | None, Depends(get_session)],
        trace: Annotated[Trace | None, Cookie()] = None,
    ):
        return [trace, session]

    @app.get("/cookie-required")
    def cookie_required(trace: Annotated[Trace | None, Cookie()]):
        return trace

    @app.get("/places")
    def places(
        query: Annotated[Value | None, Query()] = None,
        header: Annotated[Value | None, Header()] = None,
        cookie: Annotated[Value | None, Cookie()] = None,
    ):
        return [query, header, cookie]

    yield "header_aliases", app, header_requests()


def requests():
    names = ["", "first=1", "second=1", "value=1", "ignored=1", "second=1&second=2", "first=x&second=2", "first=&second=2"]
    names += ["second=x", "second=2&first=1&tag=unused&item=one&item=two", "first=1&tag=one&tag=two", "first=1&item=", "third=3"]
    for path in ["individual", "chosen", "closed"]:
        for query in names:
            yield "GET", f"/{path}?{query}"
    for query in ["other=a&first=1", "other=a&first=1&second=2", "other=a&third=3&second=2&unknown=1", "first=1&second=2", "other=a&second=2&second=3&first=x"]:
        yield "GET", f"/closed?{query}"
        yield "GET", "/cookie-closed", [("cookie", query.replace("&", "; "))]
    for query in ["=1&other=2", "other=2", ""]:
        yield "GET", f"/empty?{query}"
    for query in ["names=one&names=two&legacy=unused", "legacy=one&more=2", "legacy=a&legacy=b&names=c", "more=1&more=2&names=x", ""]:
        yield "GET", f"/open?{query}"
    for path in ["by-name", "by-name-or-choices", "listed"]:
        for query in ["items=1", "items=1&item=2", "items=x", "items=1&item=x", "tag=1&items=2", "tag=1", ""]:
            yield "GET", f"/{path}?{query}"
    for cookie in ["", "session=1", "legacy_session=1", "legacy_session=2; session=1", "legacy_session=1; legacy_session=2", "session=x; legacy_session=2", "session=; legacy_session=2", "value=1", "Session=1"]:
        yield "GET", "/cookie", [("cookie", cookie)]
    for cookie in ["", "first=1", "second=1", "second=2; first=1", "second=1; second=2", "first=; second=2", "First=1"]:
        yield "GET", "/cookie-chosen", [("cookie", cookie)]
    for cookie in ["item_count=1", "item_count=1; item=2", "item_count=x", "item=x", ""]:
        yield "GET", "/cookie-by-name", [("cookie", cookie)]
    sent = [("content-type", "application/json")]
    for body in [
        '{"first":1,"other":"a"}',
        '{"second":1,"other":"a"}',
        '{"second":2,"first":1,"other":"a"}',
        '{"third":3,"second":2,"first":"x","other":"a"}',
        '{"first":1,"second":2}',
        '{"first":null,"second":2,"other":"a"}',
        '{"first":1,"first":2,"second":3,"second":4,"other":"a"}',
        '{"unknown":{"a":1},"second":{"b":2},"first":1}',
        "[]",
    ]:
        yield "POST", "/body-closed", sent, body
    for body in ['{"names":["a"],"legacy":{"deep":[1]}}', '{"legacy":["a"],"names":["b"]}', '{"legacy":["a"],"more":null}', '{"legacy":1}', '{"names":1,"legacy":["a"]}']:
        yield "POST", "/body-open", sent, body
    for body in ['[{"items":[1]},{"item":[2]},{"tag":[3]}]', '[{"items":[1],"item":[2]}]', '[{"items":["x"]}]', "[{}]"]:
        yield "POST", "/body-by-name", sent, body
    yield "POST", "/unwrapped?second=2", sent, "1"


def header_requests():
    sent = [
        [],
        [("x-first", "1")],
        [("X-SECOND", "1")],
        [("x-first", "1"), ("ITEM_VALUES", "one"), ("item_values", "two")],
        [("x-first", "1"), ("x-tag", "")],
        [("X-Second", "1"), ("x-second", "2")],
        [("x-second", "2"), ("x-first", "1"), ("x-tag", "unused"), ("item_values", "one")],
        [("x-first", "x"), ("x-second", "2")],
        [("x-first", ""), ("x-second", "2")],
        [("x-second", "x")],
        [("x-value", "1"), ("ignored", "1")],
        [("x-first", "1"), ("item-values", "one")],
    ]
    for path in ["/header", "/model", "/closed"]:
        for headers in sent:
            yield "GET", path, headers
    yield "GET", "/closed", [("x-first", "1"), ("x-second", "2")]
    yield "GET", "/open", [("names", "one"), ("names", "two"), ("legacy", "unused")]
    yield "GET", "/open", [("legacy", "one"), ("x-more", "1"), ("x-more", "2")]
    for path in ["/by-name", "/by-name-literal", "/by-name-or-choices"]:
        for headers in [[("x-values", "1")], [("x_values", "1")], [("x-values", "1"), ("x-second", "2")], [("x_values", "1"), ("x-second", "2")], [("x-values", "x")], [("x_values", "x")], [("x-second", "x")]]:
            yield "GET", path, headers
    for headers in [
        [],
        [("X-Request-ID", ""), ("X-Attempt", "2"), ("X-Tag", "first"), ("x-tag", "second")],
        [("X-Request-ID", "")],
        [("X-Request-ID", "request"), ("X-Attempt", "bad")],
        [("x_request_id", "1")],
    ]:
        yield "GET", "/optional", headers
    for headers in [[("x-id", "1")], [("x_id", "2")], [("x-id", "1"), ("x_id", "2")], [("x-id", "x"), ("x_id", "y")]]:
        yield "GET", "/conversion", headers
    for headers in [[("x-request-id", "ignored")], [("X-REQUEST_ID", "a")], [("x-legacy_id", "a"), ("x-attempt", "2")], [("x-attempt", "2")]]:
        yield "GET", "/literally", headers
    for path in ["/ignoring", "/allowing", "/forbidding", "/allowing-required"]:
        for headers in [[], [("host", "testserver")], [("host", "testserver"), ("x-tag", "a")], [("x-id", "1"), ("host", "testserver")], [("extra", "1"), ("extra", "2")]]:
            yield "GET", path, headers
    host = ("host", "testserver")
    for headers in [[host], [host, ("x-trace", "t")], [host, ("x-client", "c")], [host, ("x-client", "c"), ("x-trace", "t")], []]:
        yield "GET", "/siblings", headers
    for path in ["/default", "/required"]:
        for headers in [[], [("x-trace", "t")], [("x_trace", "t")]]:
            yield "GET", path, headers
    for cookie in ["", "session_id=; counter=1; counter=2", "session_id=", "session_id=s; counter=bad", "unknown=1"]:
        yield "GET", "/cookies", [("cookie", cookie)]
    for cookie in ["sessionId=1", "legacyId=1", "SESSIONID=1", "legacyId=bad", "sessionId=bad; legacyId=1"]:
        yield "GET", "/cookie-case", [("cookie", cookie)]
    for path in ["/cookie-ignoring", "/cookie-allowing", "/cookie-forbidding"]:
        for cookie in ["session_id=s", "session_id=s; tracking=v", "tracking=v; tracking=w; session_id=s", ""]:
            yield "GET", path, [("cookie", cookie)]
    for cookie in ["", "value=1", "x_trace=t", "value=x; x_trace=t"]:
        yield "GET", "/cookie-siblings", [("cookie", cookie)]
        yield "GET", "/cookie-required", [("cookie", cookie)]
    yield "GET", "/places"
    yield "GET", "/places?value=1"
    yield "GET", "/places", [("value", "2")]
    yield "GET", "/places", [("cookie", "value=3")]
    yield "GET", "/places?value=x", [("value", "2"), ("cookie", "value=y")]
