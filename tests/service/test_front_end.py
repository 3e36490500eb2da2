"""The front end in a browser that reaches nothing but the server."""

import os
import re
import subprocess

import pytest
from playwright.sync_api import expect
from server import Server

PHONE = {"width": 360, "height": 740}
# What the browser itself notes of an answer that is a fault.
NOTED = re.compile(r"Failed to load resource: .* (401|409|422)")
PEOPLE = b"name,age,height\nAda,36,1.65\nGrace,85,1.70\nAlan,41,1.80\nKurt,71,NA\n"


@pytest.fixture
def front(demo, open_page):
    """Opens a page of the front end."""

    def front(place="", dark=False, phone=False):
        opened = open_page(demo.url)
        page = opened.page
        page.emulate_media(color_scheme="dark" if dark else "light")
        if phone:
            page.set_viewport_size(PHONE)
        page.goto(f"{demo.url}/#{place}")
        page.wait_for_selector("main h1")
        return opened

    return front


def forgive(opened):
    """Faults that were asked for are no complaints of the page's."""
    opened.complaints[:] = [complaint for complaint in opened.complaints if not NOTED.search(complaint)]


def gone(client, *names):
    for name in names:
        client.delete(f"/datasets/{name}")


def put(page, name, content):
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


def cells(page, column):
    """What stands in a column of the table."""
    names = page.locator("thead .name").all_inner_texts()
    return page.locator(f"tbody td:nth-child({names.index(column) + 1})").all_inner_texts()


def is_wide(page):
    """Whether one has to scroll to the side to see the page."""
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


# --- What is served -----------------------------------------------------------------------------------------------------


def test_the_page_is_allowed_its_own_files_alone(client):
    answer = client.get("/", headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    files = re.findall(r'(?:src|href)="(/assets/[^"]+)"', answer.text)
    assert len(files) >= 5
    for file in files:
        answer = client.get(file)
        assert answer.status_code == 200 and answer.headers["x-content-type-options"] == "nosniff"
        again = client.get(file, headers={"if-none-match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert client.get("/assets/none.js").status_code == 404
    assert client.get("/assets/..%2fmain.js").status_code == 404


def test_the_front_end_is_none_of_the_api(client):
    assert not [path for path in client.get("/openapi.json").json()["paths"] if path == "/" or "assets" in path]


# --- Loading ------------------------------------------------------------------------------------------------------------


def test_upload(client, front):
    gone(client, "people")
    page = front().page
    put(page, "People.csv", PEOPLE)
    expect(page.get_by_label("Name of the dataset")).to_have_value("people")
    page.get_by_role("button", name="Load").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("people")
    expect(page.locator("tbody tr")).to_have_count(4)
    assert cells(page, "height") == ["1.65", "1.7", "1.8", "null"]
    expect(page.get_by_role("status").filter(has_text="4 rows in version 1")).to_be_visible()

    # More rows, as its next version; then it goes.
    page.locator("summary", has_text="More").click()
    page.get_by_role("button", name="Add rows").click()
    put(page.get_by_role("dialog"), "more.csv", b"name,age,height\nEdsger,72,1.78\n")
    page.get_by_role("button", name="Add the rows").click()
    expect(page.locator("tbody tr")).to_have_count(5)
    expect(page.get_by_label("Version")).to_contain_text("Version 2, the newest")
    page.locator("summary", has_text="More").click()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Datasets")
    assert client.get("/datasets/people").status_code == 404


def test_faults_of_a_file_say_where_they_are(client, front):
    opened = front()
    page = opened.page
    put(page, "broken.csv", b"a,b\n1,2\n1,2,3\n")
    page.get_by_role("button", name="Load").click()
    fault = page.get_by_role("alert")
    expect(fault).to_contain_text("line 3, column 3")
    # One of a field stands at the field.
    put(page, "penguins.csv", PEOPLE)
    name = page.get_by_label("Name of the dataset")
    name.fill("No Name")
    page.get_by_role("button", name="Load").click()
    expect(page.locator(".field.wrong .fault")).to_contain_text("match pattern")
    name.fill("penguins")
    page.get_by_role("button", name="Load").click()
    expect(fault).to_contain_text("penguins")
    assert client.get("/datasets/broken").status_code == 404
    forgive(opened)


# --- Rows ---------------------------------------------------------------------------------------------------------------


def test_rows_are_filtered_sorted_and_paged(client, front):
    opened = front("/datasets/penguins/rows")
    page = opened.page
    expect(page.get_by_text("1–50 of 344")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("51–100 of 344")).to_be_visible()

    page.get_by_label("Column").select_option("species")
    page.get_by_label("Value").fill("Gentoo")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("1–50 of 124")).to_be_visible()
    expect(page.get_by_label("Condition")).to_have_value("species = 'Gentoo'")
    assert set(cells(page, "species")) == {"Gentoo"}

    mass = page.get_by_role("button", name="body_mass_g")
    mass.click()
    expect(page.get_by_role("columnheader", name="body_mass_g")).to_have_attribute("aria-sort", "ascending")
    mass.click()
    expect(page.get_by_role("columnheader", name="body_mass_g")).to_have_attribute("aria-sort", "descending")
    query = {"where": "species = 'Gentoo'", "order_by": "-body_mass_g", "limit": 50}
    rows = client.get("/datasets/penguins/rows", params=query).json()["rows"]
    assert cells(page, "body_mass_g") == [str(row["body_mass_g"]) for row in rows]
    # The address remembers the question.
    page.reload()
    expect(page.get_by_text("1–50 of 124")).to_be_visible()
    assert cells(page, "body_mass_g")[0] == "6300"

    page.get_by_label("Condition").fill("beak > 3")
    expect(page.get_by_role("alert")).to_contain_text("there is no column `beak`")
    forgive(opened)


def test_every_form_is_downloaded(front):
    page = front("/datasets/penguins/rows").page
    for link, form in [
        ("CSV", "csv"), ("JSON Lines", "ndjson"), ("Parquet", "parquet"), ("Arrow stream", "arrow"), ("JSON, a page", "json"),
    ]:  # fmt: skip
        page.locator("summary", has_text="Download").click()
        with page.expect_download() as download:
            page.get_by_role("link", name=link, exact=True).click()
        assert download.value.suggested_filename == f"penguins.{form}"
        assert download.value.path().stat().st_size > 1000


# --- Profiles -----------------------------------------------------------------------------------------------------------


def test_columns_are_charts(client, front):
    page = front("/datasets/penguins/profile").page
    profile = client.get("/datasets/penguins/profile").json()
    cards = page.locator(".profile")
    expect(cards).to_have_count(len(profile["columns"]))
    mass = page.get_by_role("article", name="body_mass_g")
    chart = mass.get_by_role("img")
    expect(chart).to_have_attribute("aria-label", re.compile("Histogram of body_mass_g, from 2,700 to"))
    column = next(column for column in profile["columns"] if column["name"] == "body_mass_g")
    bars = chart.locator(".bucket rect:last-child")
    heights = [float(bar.get_attribute("height")) for bar in bars.all()]
    counts = [bucket["count"] for bucket in column["histogram"]]
    assert len(heights) == len(counts)
    assert heights.index(max(heights)) == counts.index(max(counts))
    species = page.get_by_role("list", name="The most frequent values of species")
    expect(species.get_by_role("listitem")).to_have_count(3)
    expect(species).to_contain_text("152")


# --- Pipelines and jobs -------------------------------------------------------------------------------------------------


def add_step(page, kind):
    page.get_by_label("Add a step", exact=True).select_option(kind)
    return page.locator(".step").last


def test_a_pipeline_is_built_previewed_and_run(client, front):
    gone(client, "heavy-species")
    opened = front("/pipeline?dataset=penguins")
    page = opened.page
    preview = page.get_by_label("Preview")
    expect(preview).to_contain_text("344 rows, 8 columns")
    # All steps that the document knows.
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    kinds = page.get_by_label("Add a step", exact=True).locator("option").all()
    assert [kind.get_attribute("value") for kind in kinds][1:] == list(schemas["Step"]["discriminator"]["mapping"])

    filter = add_step(page, "filter")
    expect(preview).to_contain_text("Step 1 wants more")
    filter.get_by_label("Where").fill("body_mass_g > 4000")
    expect(preview).to_contain_text("172 rows, 8 columns")

    groups = add_step(page, "aggregate")
    group_by = groups.get_by_label("Group by")
    group_by.fill("species")
    group_by.press("Enter")
    groups.get_by_label("Function").select_option("mean")
    groups.get_by_label("Column").fill("body_mass")
    expect(groups.locator(".field.wrong .fault")).to_contain_text("did you mean `body_mass_g`?")
    groups.get_by_label("Column").fill("body_mass_g")
    expect(preview).to_contain_text("3 rows, 2 columns")
    assert cells(page, "species") == ["Adelie", "Chinstrap", "Gentoo"]
    forgive(opened)

    # Steps change their places: what is filtered after the aggregate has no such column.
    page.get_by_role("button", name="Move down step 1").click()
    expect(page.locator(".step").nth(1).locator(".fault:visible")).to_contain_text("there is no column `body_mass_g`")
    page.get_by_role("button", name="Move up step 2").click()
    expect(preview).to_contain_text("3 rows, 2 columns")
    forgive(opened)

    page.get_by_label("Name of the result").fill("heavy-species")
    page.get_by_role("button", name="Run as a job").click()
    job = page.locator(".job")
    expect(job).to_contain_text("succeeded")
    expect(job.get_by_role("progressbar")).to_have_attribute("value", "1")
    job.get_by_role("link", name="heavy-species").click()
    expect(page.locator("tbody tr")).to_have_count(3)

    page.get_by_role("link", name="Lineage").click()
    expect(page.locator(".tree")).to_contain_text("body_mass_g > 4000")
    expect(page.locator(".tree").get_by_role("link", name="penguins")).to_be_visible()
    page.get_by_role("button", name="Run again over the newest sources").click()
    expect(page.get_by_role("status").filter(has_text="up to date")).to_be_visible()
    page.get_by_role("button", name="Open as a pipeline").click()
    expect(page.locator(".step")).to_have_count(2)
    forgive(opened)


@pytest.mark.usefixtures("flights")
def test_a_job_is_seen_to_run_and_cancelled(client, front):
    steps = [
        {"step": "select", "columns": ["origin", "dep_delay"]},
        *({"step": "join", "dataset": "flights", "on": ["origin"], "suffix": f"_{n}"} for n in range(3)),
    ]
    job = client.post("/transforms", json={"target": "for-ever", "dataset": "flights", "steps": steps}).json()
    page = front("/jobs").page
    card = page.locator(".job", has_text="for-ever")
    expect(card).to_contain_text("running")
    card.get_by_role("button", name="Cancel for-ever").click()
    expect(card).to_contain_text("cancelled")
    expect(card.get_by_role("button")).to_be_hidden()
    assert client.get(f"/jobs/{job['id']}").json()["state"] == "cancelled"


def test_a_query(front):
    opened = front("/query")
    page = opened.page
    page.get_by_role("button", name="Run").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    assert cells(page, "n") == ["152", "124", "68"]
    page.get_by_label("SQL").fill("DELETE FROM penguins")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    forgive(opened)


# --- Who sees it, and how -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dark", [False, True])
def test_themes(front, dark):
    page = front(dark=dark).page
    ground = lambda: page.evaluate("getComputedStyle(document.documentElement).backgroundColor")  # noqa: E731
    switch = page.get_by_role("button", name="Dark theme")
    expect(switch).to_have_attribute("aria-pressed", str(dark).lower())
    before = ground()
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", str(not dark).lower())
    assert ground() != before
    # What was chosen stays.
    page.reload()
    page.wait_for_selector("main h1")
    assert ground() != before


@pytest.mark.usefixtures("flights")
@pytest.mark.parametrize(
    "place",
    ["/datasets", "/datasets/flights/rows", "/datasets/penguins/profile", "/datasets/penguins/lineage", "/pipeline", "/query", "/jobs"],
)
def test_a_phone_shows_it_all(front, place):
    page = front(place, phone=True).page
    page.wait_for_load_state("networkidle")
    assert not is_wide(page)
    places = page.get_by_role("navigation", name="Places")
    assert places.bounding_box()["y"] > 600, "the places are within reach of a thumb"
    for part in page.locator("main :is(button, a.button, select, input:not([type=file], [type=checkbox])):visible").all():
        assert part.bounding_box()["height"] >= 26


def test_by_keyboard_alone(front, client):
    gone(client, "by-keyboard")
    opened = front()
    page = opened.page
    press = page.keyboard.press

    def go_to(name):
        """Presses Tab until what has this name has the focus, which must be seen."""
        for _ in range(80):
            press("Tab")
            found, outlined = page.evaluate(
                """() => {
                    const here = document.activeElement;
                    const label = here.labels?.[0]?.textContent;
                    const style = (element) => getComputedStyle(element);
                    // Of what is itself not seen, what stands for it is outlined.
                    const near = [here, here.parentElement, here.previousElementSibling].filter(Boolean);
                    const outlined = near.some((element) => style(element).outlineStyle !== "none");
                    const after = getComputedStyle(here, "::after").outlineStyle !== "none";
                    return [here.getAttribute("aria-label") ?? label ?? here.textContent, outlined || after];
                }"""
            )
            if name in found:
                assert outlined, name
                return
        raise AssertionError(f"no way to {name}")

    go_to("Skip to the content")
    go_to("Pipeline")
    press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    go_to("Begin with")
    page.keyboard.type("penguins")
    go_to("Add a step")
    page.keyboard.type("limit")
    press("Enter")
    expect(page.get_by_label("Count")).to_be_focused()
    page.keyboard.type("7")
    expect(page.get_by_label("Preview")).to_contain_text("7 rows, 8 columns")
    go_to("Name of the result")
    page.keyboard.type("by-keyboard")
    press("Enter")
    expect(page.locator(".job")).to_contain_text("succeeded")
    go_to("by-keyboard")
    press("Enter")
    expect(page.get_by_role("heading", level=1, name="by-keyboard")).to_be_focused()
    expect(page.locator("tbody tr")).to_have_count(7)
    go_to("year")
    press("Enter")
    expect(page.get_by_role("columnheader", name="year")).to_have_attribute("aria-sort", "ascending")
    expect(page.get_by_role("button", name="year")).to_be_focused()


def test_all_that_can_be_used_has_a_name(front):
    for place in ["/datasets", "/datasets/penguins/rows", "/pipeline", "/query", "/jobs"]:
        page = front(place).page
        page.wait_for_load_state("networkidle")
        nameless = page.evaluate(
            """() => [...document.querySelectorAll("button, a, input, select, textarea, summary, [role=img], progress")]
                .filter((element) => !element.hidden && !(element.getAttribute("aria-label") || element.labels?.length || element.textContent.trim()))
                .map((element) => element.outerHTML)"""
        )
        assert nameless == []


def test_nothing_jumps(front):
    """How far what one sees is moved by what comes later."""
    for place in ["/datasets", "/datasets/penguins/rows", "/datasets/penguins/profile", "/query"]:
        page = front(place).page
        page.wait_for_load_state("networkidle")
        shift = page.evaluate(
            """() => new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntries()
                .reduce((sum, entry) => sum + entry.value, 0))).observe({ type: "layout-shift", buffered: true })
                || setTimeout(() => resolve(0), 500))"""
        )
        assert shift < 0.05, place


# --- Where keys are configured ------------------------------------------------------------------------------------------


def test_a_key_is_asked_for(open_page, tmp_path):
    made = subprocess.run([os.environ["VERSIFY_DEMO"], "new-key"], capture_output=True, text=True, check=True).stdout
    key, hash = re.search(r"key\s+(\S+)\nhash\s+(\S+)", made).groups()
    server = Server(os.environ["VERSIFY_DEMO"], VERSIFY_DEMO_STORE=str(tmp_path / "keys"), VERSIFY_DEMO_API_KEYS=hash)
    try:
        opened = open_page(server.url)
        page = opened.page
        put(page, "people.csv", PEOPLE)
        page.get_by_role("button", name="Load").click()
        page.get_by_label("API key", exact=True).fill(key)
        page.get_by_role("button", name="Use it").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("people")
        expect(page.locator("tbody tr")).to_have_count(4)
        forgive(opened)
    finally:
        server.kill()
