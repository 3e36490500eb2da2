// What the columns of a dataset are like, as charts.

import { at, get, parameters } from "./api.js";
import { frequencies, histogram } from "./chart.js";
import { h } from "./dom.js";
import { brief, count } from "./format.js";
import { tag } from "./parts.js";

export async function profile({ dataset, signal }) {
  const { rows, columns } = await get(
    at`/datasets/${dataset.name}/profile` + parameters({ version: dataset.version }),
    signal,
  );
  return h(
    "section",
    { class: "profiles", "aria-label": "Columns" },
    columns.map((column) => card(column, rows)),
  );
}

function card(column, rows) {
  const missing = rows ? column.nulls / rows : 0;
  const share = missing > 0 && missing < 0.001 ? "<0.1" : (missing * 100).toFixed(1).replace(".0", "");
  const facts = [
    ["Different", count(column.distinct)],
    ["Missing", h("span", { title: count(column.nulls) }, `${share} %`)],
    column.mean != null && ["Mean", brief(column.mean)],
    column.deviation != null && ["Deviation", brief(column.deviation)],
    column.mean != null && ["Median", brief(column.quantiles.find((quantile) => quantile.part === 0.5)?.value)],
  ].filter(Boolean);
  return h(
    "article",
    { class: "panel profile", "aria-label": column.name },
    h("header", {}, h("h2", {}, column.name), tag(column.type, column.type)),
    column.count === 0
      ? h("p", { class: "empty" }, "All values are missing.")
      : isSpread(column)
        ? histogram(column)
        : frequencies(column),
    h(
      "dl",
      { class: "facts" },
      facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
    ),
  );
}

/** Few different values say more one by one. */
const isSpread = (column) => column.histogram.length > 0 && column.distinct > 6;
