"""The documentation pages in a browser that reaches nothing but the server."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

OPERATIONS = {
    ("get", "/datasets"),
    ("post", "/datasets"),
    ("get", "/datasets/{name}"),
    ("get", "/datasets/{name}/rows"),
    ("post", "/transforms/preview"),
}


class SwaggerUI:
    def __init__(self, page):
        self.page = page
        page.wait_for_selector(".opblock")

    def operations(self):
        blocks = self.page.locator(".opblock").all()
        method = lambda block: block.locator(".opblock-summary-method").inner_text().lower()  # noqa: E731
        path = lambda block: block.locator("[data-path]").first.get_attribute("data-path")  # noqa: E731
        return {(method(block), path(block)) for block in blocks}

    def try_out(self, method, path, fields=None, body=None):
        """Expands an operation, fills in its fields, executes it. Gives the status, the body and the URL shown."""
        block = self.page.locator(f".opblock-{method}", has=self.page.locator(f'[data-path="{path}"]'))
        block.locator(".opblock-summary-control").click()
        block.locator(".try-out__btn").click()
        for name, value in (fields or {}).items():
            row = block.locator(f'tr[data-param-name="{name}"]')
            if isinstance(value, list):
                for item in value:
                    row.locator("button", has_text="Add").click()
                    row.locator("input").last.fill(item)
            else:
                row.locator("input").fill(value)
        if body is not None:
            block.locator("textarea").fill(json.dumps(body))
        block.locator("button.execute").click()
        live = block.locator(".live-responses-table")
        live.wait_for()
        status = int(live.locator("tbody .response-col_status").first.inner_text().split()[0])
        text = live.locator("tbody .response-col_description .microlight").first.inner_text()
        url = block.locator(".request-url").inner_text().strip().splitlines()[-1]
        return status, json.loads(text), url


def documented(client):
    paths = client.get("/openapi.json").json()["paths"]
    return {(method, path) for path, operations in paths.items() for method in operations}


def test_the_document_is_openapi_3_1(client):
    answer = client.get("/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    document = answer.json()
    assert document["openapi"].startswith("3.1.")
    assert documented(client) >= OPERATIONS
    ids = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert len(ids) == len(set(ids))
    upload = document["paths"]["/datasets"]["post"]["requestBody"]
    assert list(upload["content"]) == ["application/octet-stream"]


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_pages_are_cached_by_their_validator(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    again = client.get(path, headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_swagger_ui_lists_every_operation(client, demo, open_page):
    opened = open_page(f"{demo.url}/docs")
    assert SwaggerUI(opened.page).operations() == documented(client)
    assert opened.answer.status == 200


def test_swagger_ui_reads_rows(demo, open_page):
    ui = SwaggerUI(open_page(f"{demo.url}/docs").page)
    fields = {
        "name": "penguins",
        "select": ["species", "body_mass_g"],
        "where": "body_mass_g > 6000 AND species <> 'Adelie'",
        "order_by": ["-body_mass_g"],
        "limit": "2",
    }
    status, body, url = ui.try_out("get", "/datasets/{name}/rows", fields)
    assert status == 200
    assert body["total"] == 2
    assert body["rows"] == [{"species": "Gentoo", "body_mass_g": 6300}, {"species": "Gentoo", "body_mass_g": 6050}]
    assert urlsplit(url).path == "/datasets/penguins/rows"
    assert parse_qs(urlsplit(url).query) == {
        "select": ["species", "body_mass_g"],
        "where": [fields["where"]],
        "order_by": ["-body_mass_g"],
        "limit": ["2"],
        "offset": ["0"],  # The default, which the page fills in.
    }


def test_swagger_ui_shows_a_fault(demo, open_page):
    opened = open_page(f"{demo.url}/docs")
    fields = {"name": "penguins", "select": ["beak"]}
    status, body, _ = SwaggerUI(opened.page).try_out("get", "/datasets/{name}/rows", fields)
    assert status == 422
    assert body["detail"][0]["loc"] == ["query", "select", 0]
    # The browser itself notes the 422.
    assert all("422" in complaint for complaint in opened.complaints)
    opened.complaints.clear()


def test_swagger_ui_runs_a_transform(demo, open_page):
    ui = SwaggerUI(open_page(f"{demo.url}/docs").page)
    steps = [
        {"step": "filter", "where": "sex IS NOT NULL"},
        {"step": "aggregate", "group_by": ["species"], "aggregates": [{"function": "count", "alias": "n"}]},
    ]
    status, body, _ = ui.try_out("post", "/transforms/preview", body={"dataset": "penguins", "steps": steps})
    assert status == 200
    assert body["rows"] == [
        {"species": "Adelie", "n": 146},
        {"species": "Chinstrap", "n": 68},
        {"species": "Gentoo", "n": 119},
    ]


def test_swagger_ui_shows_the_body_as_its_example(client, demo, open_page):
    """What "Try it out" offers for the steps is taken as it stands, or told what is wrong, and never breaks."""
    page = open_page(f"{demo.url}/docs").page
    SwaggerUI(page)
    block = page.locator(".opblock-post", has=page.locator('[data-path="/transforms/preview"]'))
    block.locator(".opblock-summary-control").click()
    block.locator(".try-out__btn").click()
    example = json.loads(block.locator("textarea").input_value())
    assert set(example) >= {"dataset", "steps"}
    assert client.post("/transforms/preview", json=example).status_code in (200, 404, 422)


def test_redoc_renders_every_operation(client, demo, open_page):
    page = open_page(f"{demo.url}/redoc").page
    page.wait_for_selector("h1")
    document = client.get("/openapi.json").json()
    for path in document["paths"].values():
        for operation in path.values():
            page.get_by_role("heading", name=operation["summary"]).first.wait_for()
    assert document["info"]["title"] in page.locator("h1").first.inner_text()
