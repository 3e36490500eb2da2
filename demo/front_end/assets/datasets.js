// The page of all datasets.

import { at, get } from "./api.js";
import { h } from "./dom.js";
import { bytes, moment, plural, since } from "./format.js";
import { tag } from "./parts.js";
import { uploadForm } from "./upload.js";

export async function showDatasets({ signal }) {
  const datasets = await get("/datasets", signal);
  const cards = h("ul", { class: "cards" });
  const nothing = h("p", { class: "empty", hidden: true }, "No dataset is named like that.");
  const draw = (text) => {
    const found = datasets.filter((dataset) => dataset.name.includes(text.trim().toLowerCase()));
    cards.replaceChildren(...found.map(card));
    nothing.hidden = found.length > 0;
  };
  const search = h("input", {
    type: "search",
    placeholder: "Find by name",
    "aria-label": "Find a dataset by name",
    oninput: (event) => draw(event.target.value),
  });
  draw("");
  const onLoaded = (loaded) => (location.hash = at`#/datasets/${loaded.name}/rows`);
  return [
    h(
      "div",
      { class: "head" },
      h(
        "div",
        {},
        h("h1", {}, "Datasets"),
        h("p", { class: "lead" }, "Load tables, look at them, make others of them."),
      ),
      search,
    ),
    h(
      "div",
      { class: "split" },
      h("section", { "aria-label": "Datasets" }, cards, nothing),
      h(
        "section",
        { class: "panel side", "aria-labelledby": "load" },
        h("h2", { id: "load" }, "Load a file"),
        await uploadForm({ onLoaded, signal }),
      ),
    ),
  ];
}

function card(dataset) {
  const { name, version, rows, columns, created_at: created } = dataset;
  return h(
    "li",
    { class: "card" },
    h("a", { href: at`#/datasets/${name}/rows`, class: "cover" }, h("h2", {}, name)),
    h(
      "p",
      { class: "facts" },
      `${plural(rows, "row")} · ${plural(columns.length, "column")} · ${bytes(dataset.bytes)}`,
    ),
    h(
      "p",
      { class: "facts" },
      tag(source(dataset.origin), dataset.origin.kind),
      version > 1 && tag(`version ${version}`),
      h("span", { title: moment(created) }, since(created)),
    ),
  );
}

/** Where a version comes from, in a word or two. */
export function source(origin) {
  return origin.kind === "transform"
    ? `made from ${origin.dataset}`
    : origin.kind === "append"
      ? "rows added"
      : origin.format.toUpperCase();
}
