// The page of one dataset: its rows, its columns, and how it was made.

import { at, get, parameters, remove } from "./api.js";
import { ask, h, tell } from "./dom.js";
import { bytes, moment, plural, since } from "./format.js";
import { lineage } from "./lineage.js";
import { choice, menu, problem } from "./parts.js";
import { profile } from "./profile.js";
import { rows } from "./rows.js";
import { forms } from "./schema.js";
import { uploadForm } from "./upload.js";

const TABS = { rows, profile, lineage };

export async function showDataset({ names: [name, tab = "rows"], search, signal }) {
  const version = search.get("version");
  const [dataset, versions, formats] = await Promise.all([
    get(at`/datasets/${name}` + parameters({ version }), signal),
    get(at`/datasets/${name}/versions`, signal),
    forms(),
  ]);
  const place = (to, number = version) => at`#/datasets/${name}/` + to + parameters({ version: number });
  const isNewest = dataset.version === versions[0].version;
  const chosen = choice(
    versions.map((one) => [one.version, `Version ${one.version}${one === versions[0] ? ", the newest" : ""}`]),
    dataset.version,
    (number) => (location.hash = place(tab, Number(number) === versions[0].version ? null : number)),
    { "aria-label": "Version" },
  );
  const links = formats.map((format) =>
    h(
      "a",
      {
        href: at`/datasets/${name}/rows` + parameters({ format, version, limit: format === "json" ? 10_000 : null }),
        download: `${name}.${format}`,
      },
      LABELS[format] ?? format,
    ),
  );
  const tabs = h(
    "nav",
    { class: "tabs", "aria-label": "About the dataset" },
    Object.keys(TABS).map((to) =>
      h("a", { href: place(to), "aria-current": to === tab ? "page" : null }, to[0].toUpperCase() + to.slice(1)),
    ),
  );
  return [
    h(
      "div",
      { class: "head" },
      h(
        "div",
        {},
        h("h1", {}, name),
        h(
          "p",
          { class: "lead" },
          `${plural(dataset.rows, "row")} · ${plural(dataset.columns.length, "column")} · ${bytes(dataset.bytes)} · `,
          h("span", { title: moment(dataset.created_at) }, since(dataset.created_at)),
        ),
      ),
      h(
        "div",
        { class: "actions" },
        chosen,
        menu("Download", links),
        menu("More", [
          h("button", { type: "button", onclick: () => addRows(name) }, "Add rows …"),
          h("button", { type: "button", onclick: () => deleteIt(name) }, "Delete …"),
        ]),
        h(
          "a",
          {
            class: "button primary",
            href: `#/pipeline${parameters({ dataset: name, version: isNewest ? null : dataset.version })}`,
          },
          "Transform",
        ),
      ),
    ),
    tabs,
    await TABS[tab]({ dataset, versions, search, signal }),
  ];
}

const LABELS = { json: "JSON, a page", ndjson: "JSON Lines", csv: "CSV", arrow: "Arrow stream", parquet: "Parquet" };

async function addRows(name) {
  const content = await uploadForm({ dataset: name, onLoaded: () => finish(true) });
  let finish;
  const added = await ask(`Add rows to ${name}`, (close) => {
    finish = close;
    return [content, h("p", { class: "actions" }, h("button", { type: "button", onclick: () => close() }, "Close"))];
  });
  if (added) again();
}

async function deleteIt(name) {
  const sure = await ask(`Delete ${name}?`, (close) => [
    h("p", {}, "It goes with all of its versions, for good."),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "button", onclick: () => close(false) }, "Keep it"),
      h("button", { type: "button", class: "danger", onclick: () => close(true) }, "Delete it"),
    ),
  ]);
  if (!sure) return;
  try {
    await remove(at`/datasets/${name}`);
    tell(`${name} is gone`);
    location.hash = "#/datasets";
  } catch (error) {
    await ask("It could not be deleted", (close) => [
      problem(error),
      h("p", { class: "actions" }, h("button", { type: "button", onclick: () => close() }, "Close")),
    ]);
  }
}

const again = () => dispatchEvent(new Event("hashchange"));
