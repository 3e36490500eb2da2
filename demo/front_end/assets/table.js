// Rows as a table.

import { h } from "./dom.js";
import { brief } from "./format.js";

const NUMBERS = new Set(["integer", "float"]);

/** A table. With `onSort`, the names of the columns are buttons; `sorted` is a name, with `-` before it from high to low. */
export function table({ columns, rows, caption, sorted, onSort }) {
  const head = columns.map((column) => {
    const order = sorted === column.name ? "ascending" : sorted === `-${column.name}` ? "descending" : null;
    const name = [h("span", { class: "name" }, column.name), h("span", { class: "type" }, column.type)];
    const sort = () => onSort(order === "ascending" ? `-${column.name}` : order === "descending" ? null : column.name);
    return h(
      "th",
      { scope: "col", "aria-sort": order, class: kind(column) },
      onSort ? h("button", { type: "button", onclick: sort, "data-sort": column.name }, name) : name,
    );
  });
  const body = rows.map((row) =>
    h(
      "tr",
      {},
      columns.map((column) => cell(column, row[column.name])),
    ),
  );
  return h(
    "div",
    { class: "sheet", tabindex: 0, role: "region", "aria-label": caption },
    h("table", {}, h("caption", { class: "unseen" }, caption), h("thead", {}, h("tr", {}, head)), h("tbody", {}, body)),
  );
}

const kind = (column) => (NUMBERS.has(column.type) ? "number" : null);

function cell(column, value) {
  if (value == null) return h("td", { class: `${kind(column) ?? ""} none` }, "null");
  if (column.type === "float") return h("td", { class: "number", title: value }, brief(value));
  return h("td", { class: kind(column) }, String(value));
}
