// Queries in SQL.

import { post } from "./api.js";
import { h } from "./dom.js";
import { plural, seconds } from "./format.js";
import { problem } from "./parts.js";
import { bodyOf } from "./schema.js";
import { table } from "./table.js";

export async function showQuery({ search, signal }) {
  const {
    properties: { sql },
  } = await bodyOf("/query");
  const words = sql.description.replaceAll("`", "");
  const text = h("textarea", {
    id: "sql",
    class: "code",
    rows: 5,
    spellcheck: "false",
    "aria-describedby": "sql-hint",
    value: search.get("sql") ?? sql.examples[0],
  });
  const result = h("div", { class: "rows", "aria-live": "polite" });
  const run = h("button", { class: "primary" }, "Run");

  async function send(event) {
    event.preventDefault();
    run.disabled = true;
    const start = Date.now();
    try {
      const answer = await post("/query", { sql: text.value }, signal);
      const found = `${plural(answer.rows.length, "row")}${answer.truncated ? ", and there are more" : ""} in ${seconds(start)}`;
      result.replaceChildren(h("p", { class: "hint" }, found), table({ ...answer, caption: "Result of the query" }));
    } catch (error) {
      if (!signal.aborted) result.replaceChildren(problem(error));
    }
    run.disabled = false;
  }

  const form = h(
    "form",
    { class: "panel", onsubmit: send },
    h("label", { for: "sql", class: "title" }, "SQL"),
    text,
    h("p", { class: "hint", id: "sql-hint" }, words),
    h("p", { class: "actions" }, h("span", { class: "hint" }, "Ctrl + Enter"), run),
  );
  text.addEventListener(
    "keydown",
    (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && form.requestSubmit(),
  );
  return [
    h(
      "div",
      { class: "head" },
      h("div", {}, h("h1", {}, "Query"), h("p", { class: "lead" }, "Read from all datasets at once.")),
    ),
    form,
    result,
  ];
}
