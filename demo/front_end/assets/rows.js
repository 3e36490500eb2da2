// The rows of a dataset, a page at a time.

import { at, get, parameters } from "./api.js";
import { h, settled } from "./dom.js";
import { count } from "./format.js";
import { choice, problem } from "./parts.js";
import { table } from "./table.js";

const OPERATORS = ["=", "<>", "<", "<=", ">", ">=", "contains", "is missing", "is there"];

export async function rows({ dataset, search, signal }) {
  const asked = {
    where: search.get("where") ?? "",
    order_by: search.get("order_by"),
    limit: search.get("limit") ?? 50,
  };
  // The cursors of the pages up to this one.
  let pages = [null];
  let next = null;
  let call = new AbortController();
  signal.addEventListener("abort", () => call.abort());

  const condition = h("input", {
    class: "code",
    value: asked.where,
    placeholder: "a condition, in SQL",
    "aria-label": "Condition",
    spellcheck: "false",
    autocomplete: "off",
    oninput: settled(() => filter(condition.value), 400),
  });
  const faults = h("div");
  const sheet = h("div", { class: "rows" });
  const where = h("span", { class: "hint", role: "status" });
  const back = h("button", { type: "button", onclick: () => turn(pages.slice(0, -1)) }, "Previous");
  const on = h("button", { type: "button", onclick: () => turn([...pages, next]) }, "Next");
  const size = choice(
    [25, 50, 100, 500].map((rows) => [rows, `${rows} rows`]),
    asked.limit,
    (limit) => change({ limit }),
    { "aria-label": "Rows of a page" },
  );

  function filter(text) {
    if (text.trim() !== asked.where) change({ where: text.trim() });
  }

  /** Another question: its pages begin anew, and the address remembers it. */
  function change(news) {
    Object.assign(asked, news);
    const { where, order_by, limit } = asked;
    const version = search.get("version");
    history.replaceState(
      null,
      "",
      at`#/datasets/${dataset.name}/rows` +
        parameters({ version, where, order_by, limit: limit === 50 ? null : limit }),
    );
    return turn([null]);
  }

  async function turn(to) {
    call.abort();
    const { signal: stopped } = (call = new AbortController());
    const cursor = to.at(-1);
    sheet.setAttribute("aria-busy", "true");
    try {
      const query = parameters({ ...asked, cursor, version: cursor ? null : dataset.version });
      const page = await get(at`/datasets/${dataset.name}/rows` + query, stopped);
      [pages, next] = [to, page.next];
      draw(page);
      faults.replaceChildren();
    } catch (error) {
      if (error.name === "AbortError") return;
      faults.replaceChildren(problem(error));
    }
    sheet.removeAttribute("aria-busy");
  }

  function draw(page) {
    const focused = document.activeElement?.dataset?.sort;
    const first = (pages.length - 1) * asked.limit;
    const last = first + page.rows.length;
    where.textContent = page.rows.length ? `${count(first + 1)}–${count(last)} of ${count(page.total)}` : "No rows";
    back.disabled = pages.length === 1;
    on.disabled = !next;
    const onSort = (order_by) => change({ order_by });
    sheet.replaceChildren(table({ ...page, caption: `Rows of ${dataset.name}`, sorted: asked.order_by, onSort }));
    if (focused) sheet.querySelector(`[data-sort="${CSS.escape(focused)}"]`)?.focus();
  }

  const add = (more) => {
    condition.value = condition.value.trim() ? `${condition.value.trim()} AND ${more}` : more;
    filter(condition.value);
  };
  const clear = h("button", { type: "button", class: "quiet", onclick: () => filter((condition.value = "")) }, "Clear");
  await turn([null]);
  return h(
    "section",
    { "aria-label": "Rows" },
    h("div", { class: "filter" }, builder(dataset.columns, add), h("div", { class: "line grow" }, condition, clear)),
    faults,
    sheet,
    h("div", { class: "pager" }, where, size, back, on),
  );
}

/** A condition of a column, an operator and a value, for those who write no SQL. */
function builder(columns, add) {
  const asked = { column: columns[0]?.name, operator: "=" };
  const value = h("input", { "aria-label": "Value", placeholder: "value", autocomplete: "off" });
  const submit = (event) => {
    event.preventDefault();
    const column = columns.find((one) => one.name === asked.column);
    add(written(column, asked.operator, value.value));
    value.value = "";
  };
  const operator = (chosen) => {
    asked.operator = chosen;
    value.disabled = chosen.startsWith("is ");
  };
  return h(
    "form",
    { class: "line", onsubmit: submit },
    choice(
      columns.map((column) => column.name),
      asked.column,
      (column) => (asked.column = column),
      { "aria-label": "Column" },
    ),
    choice(OPERATORS, "=", operator, { "aria-label": "Operator" }),
    value,
    h("button", {}, "Add"),
  );
}

function written(column, operator, value) {
  const name = /^[a-z_][a-z0-9_]*$/.test(column.name) ? column.name : `"${column.name.replaceAll('"', '""')}"`;
  if (operator === "is missing") return `${name} IS NULL`;
  if (operator === "is there") return `${name} IS NOT NULL`;
  const text = (words) => `'${words.replaceAll("'", "''")}'`;
  if (operator === "contains") return `${name} LIKE ${text(`%${value}%`)}`;
  const isPlain = ["integer", "float", "boolean"].includes(column.type) && value !== "";
  return `${name} ${operator} ${isPlain ? value : text(value)}`;
}
