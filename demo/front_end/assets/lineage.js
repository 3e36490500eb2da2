// How a version of a dataset was made, and of what.

import { Fault, at, get, post } from "./api.js";
import { h, tell } from "./dom.js";
import { moment, plural } from "./format.js";
import { problem, tag } from "./parts.js";
import { keep } from "./pipeline.js";

const DEEPEST = 6;

export async function lineage({ dataset, versions, signal }) {
  const { origin } = dataset;
  const faults = h("div");
  const refresh = async () => {
    try {
      const job = await post(at`/datasets/${dataset.name}/refresh`);
      location.hash = at`#/jobs/${job.id}`;
    } catch (error) {
      // It is up to date.
      if (error instanceof Fault && error.status === 409) tell(error.message, "calm");
      else faults.replaceChildren(problem(error));
    }
  };
  const edit = () => {
    keep({ dataset: origin.dataset, steps: origin.steps });
    location.hash = "#/pipeline";
  };
  const actions =
    origin.kind === "transform" &&
    h(
      "p",
      { class: "actions start" },
      h("button", { type: "button", onclick: refresh }, "Run again over the newest sources"),
      h("button", { type: "button", onclick: edit }, "Open as a pipeline"),
    );
  return h(
    "section",
    { class: "split even", "aria-label": "Lineage" },
    h(
      "div",
      { class: "panel" },
      h("h2", {}, "Made of"),
      h("ul", { class: "tree" }, await node(dataset, signal, 0)),
      actions,
      faults,
    ),
    h(
      "div",
      { class: "panel" },
      h("h2", {}, "Versions"),
      h(
        "ol",
        { class: "versions" },
        versions.map((one) =>
          h(
            "li",
            {},
            h("a", { href: at`#/datasets/${one.name}/lineage?version=${one.version}` }, `Version ${one.version}`),
            " ",
            h("span", { class: "hint" }, `${plural(one.rows, "row")} · ${how(one)} · ${moment(one.created_at)}`),
          ),
        ),
      ),
    ),
  );
}

/** A version, the steps that made it, and below it the versions that they read. */
async function node(dataset, signal, depth) {
  const { origin } = dataset;
  const name = h(
    "a",
    { href: at`#/datasets/${dataset.name}/rows?version=${dataset.version}` },
    `${dataset.name} `,
    tag(`version ${dataset.version}`),
  );
  if (origin.kind !== "transform" || depth === DEEPEST)
    return h("li", {}, name, h("span", { class: "hint" }, how(dataset)));
  const sources = await Promise.all(
    origin.sources.map((source) =>
      get(at`/datasets/${source.dataset}?version=${source.version}`, signal).then(
        (found) => node(found, signal, depth + 1),
        () =>
          h(
            "li",
            {},
            `${source.dataset} `,
            tag(`version ${source.version}`),
            h("span", { class: "hint" }, "no longer there"),
          ),
      ),
    ),
  );
  return h(
    "li",
    {},
    name,
    h(
      "ol",
      { class: "made" },
      origin.steps.map((step) =>
        h("li", {}, tag(step.step.replaceAll("_", " "), "running"), " ", h("span", { class: "hint code" }, told(step))),
      ),
    ),
    h("ul", {}, sources),
  );
}

/** What a step was told, without what it was not. */
function told({ step, ...rest }) {
  return pairs(rest)
    .map(([name, value]) => `${name}: ${words(value)}`)
    .join(" · ");
}

const pairs = (value) => Object.entries(value).filter(([, part]) => part !== null && part.length !== 0);

function words(value) {
  if (Array.isArray(value)) return value.map(words).join(", ");
  if (typeof value === "object")
    return `(${pairs(value)
      .map(([name, part]) => `${name} ${words(part)}`)
      .join(" ")})`;
  return String(value);
}

const how = ({ origin }) =>
  origin.kind === "transform"
    ? "by a pipeline"
    : origin.kind === "append"
      ? `${plural(origin.rows, "row")} added from ${origin.format}`
      : `loaded from ${origin.format}`;
