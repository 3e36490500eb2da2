// Building a pipeline: its steps, and beside them what they make of the data.

import { get, post } from "./api.js";
import { ICONS, h, icon, settled } from "./dom.js";
import { form, showFaults } from "./form.js";
import { plural } from "./format.js";
import { jobCard } from "./jobs.js";
import { choice, problem } from "./parts.js";
import { bodyOf, isComplete, steps as describedSteps } from "./schema.js";
import { table } from "./table.js";

const SHOWN = 50;
const KEPT = "pipeline";

/** Keeps a pipeline for when this page is opened, until the tab is closed. */
export const keep = (pipeline) => sessionStorage.setItem(KEPT, JSON.stringify(pipeline));

/** The pipeline to begin with: the one that was kept, unless another dataset was asked for. */
function kept(search, datasets) {
  const asked = search.get("dataset");
  const last = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  if (last && (!asked || asked === last.dataset)) return last;
  const version = search.get("version");
  return { dataset: asked ?? datasets[0]?.name, ...(version && { version: Number(version) }), steps: [] };
}

export async function showPipeline({ search, signal }) {
  const [datasets, kinds, run] = await Promise.all([get("/datasets", signal), describedSteps(), bodyOf("/transforms")]);
  const pipeline = kept(search, datasets);
  const lists = { columns: "columns", datasets: "datasets" };
  const columns = h("datalist", { id: lists.columns });
  const names = h(
    "datalist",
    { id: lists.datasets },
    datasets.map((dataset) => h("option", { value: dataset.name })),
  );
  const list = h("ol", { class: "steps" });
  const preview = previewPane(signal, suggest);
  const changed = () => {
    keep(pipeline);
    update();
  };

  /** All columns that there may be at some step: those to begin with, those of what is joined, those of the result. */
  function suggest(result = []) {
    const read = [pipeline, ...pipeline.steps].map((part) => datasets.find((dataset) => dataset.name === part.dataset));
    const found = read.flatMap((dataset) => dataset?.columns ?? []);
    const all = new Set([...found, ...result].map((column) => column.name));
    columns.replaceChildren(...[...all].map((value) => h("option", { value })));
  }

  const update = settled(async () => {
    const cards = [...list.children];
    const open = pipeline.steps.findIndex((step) => !isComplete(kindOf(step).fields, step));
    cards.forEach((card, place) => card.classList.toggle("open", place === open));
    if (open >= 0) return preview.wait(`Step ${open + 1} wants more.`);
    const issues = await preview.show(pipeline);
    const placed = issues && showFaults(list, issues.map(inSteps));
    if (placed?.length) preview.complain(placed);
  });

  /** Where a fault is, without the name of the step, which a place within a union has. */
  const inSteps = (issue) => {
    const [, ...loc] = issue.loc;
    return { ...issue, loc: loc.filter((part, place) => place !== 2 || part !== pipeline.steps[loc[1]]?.step) };
  };

  const kindOf = (step) => kinds.find((kind) => kind.name === step.step);

  function draw(focus) {
    const last = pipeline.steps.length - 1;
    list.replaceChildren(
      ...pipeline.steps.map((step, place) => {
        const kind = kindOf(step);
        const button = (name, path, onclick, disabled) =>
          h(
            "button",
            { type: "button", class: "quiet icon", "aria-label": `${name} step ${place + 1}`, onclick, disabled },
            icon(path),
          );
        return h(
          "li",
          { class: "panel step", "data-at": `steps.${place}` },
          h(
            "header",
            {},
            h("h3", {}, h("span", { class: "place" }, place + 1), kind.name.replaceAll("_", " ")),
            button("Move up", ICONS.up, () => move(place, place - 1), place === 0),
            button("Move down", ICONS.down, () => move(place, place + 1), place === last),
            button("Remove", ICONS.close, () => change(() => pipeline.steps.splice(place, 1))),
          ),
          h("p", { class: "hint" }, kind.words.split("\n")[0].replaceAll("`", "")),
          h("div", { class: "fields" }, form(kind.fields, step, { at: ["steps", place], lists, onChange: changed })),
          h("p", { class: "fault", hidden: true }),
        );
      }),
    );
    list.children[focus]?.querySelector(":is(input, select, textarea)")?.focus();
  }

  function change(work, focus) {
    work();
    draw(focus);
    changed();
  }

  const move = (from, to) => change(() => pipeline.steps.splice(to, 0, ...pipeline.steps.splice(from, 1)), to);
  const add = (kind) => kind && change(() => pipeline.steps.push({ step: kind }), pipeline.steps.length);
  const begin = (dataset) => {
    pipeline.dataset = dataset;
    delete pipeline.version;
    suggest();
    changed();
  };

  suggest();
  draw();
  update();
  const adder = choice(
    [
      ["", "Add a step …"],
      ...kinds.map((kind) => [
        kind.name,
        `${kind.name.replaceAll("_", " ")} – ${kind.words.split("\n")[0].replaceAll("`", "")}`,
      ]),
    ],
    "",
    (kind) => {
      adder.value = "";
      add(kind);
    },
    { "aria-label": "Add a step", class: "adder" },
  );
  return [
    h(
      "div",
      { class: "head" },
      h(
        "div",
        {},
        h("h1", {}, "Pipeline"),
        h("p", { class: "lead" }, "Steps, one after the other. Nothing is stored until you run it."),
      ),
    ),
    columns,
    names,
    h(
      "div",
      { class: "split builder" },
      h(
        "section",
        { "aria-label": "Steps" },
        h(
          "label",
          { class: "labelled" },
          h("span", {}, "Begin with"),
          choice(
            datasets.map((dataset) => dataset.name),
            pipeline.dataset,
            begin,
          ),
        ),
        list,
        adder,
        runForm(pipeline, run.properties.target, signal),
      ),
      preview.element,
    ),
  ];
}

/** The first rows of the result. `onColumns` is told which columns it has. */
function previewPane(signal, onColumns) {
  const words = h("p", { class: "hint", role: "status" }, "…");
  const faults = h("div");
  const sheet = h("div", { class: "rows" });
  const element = h(
    "section",
    { class: "panel preview", "aria-label": "Preview" },
    h("h2", {}, "Preview"),
    words,
    faults,
    sheet,
  );
  let call = new AbortController();
  signal.addEventListener("abort", () => call.abort());

  const wait = (text) => {
    call.abort();
    words.textContent = text;
    faults.replaceChildren();
    sheet.classList.add("old");
  };
  const complain = (issues) => faults.replaceChildren(problem({ issues }));

  /** Gives what is wrong with the steps; nothing if another preview was asked for meanwhile. */
  async function show(pipeline) {
    call.abort();
    const { signal: stopped } = (call = new AbortController());
    element.setAttribute("aria-busy", "true");
    let issues = [];
    try {
      const result = await post("/transforms/preview", { ...pipeline, limit: SHOWN }, stopped);
      words.textContent = `${plural(result.total, "row")}, ${plural(result.columns.length, "column")}${result.total > SHOWN ? `; these are the first ${SHOWN}` : ""}`;
      sheet.replaceChildren(table({ ...result, caption: "The first rows of the result" }));
      faults.replaceChildren();
      sheet.classList.remove("old");
      onColumns(result.columns);
    } catch (error) {
      if (stopped.aborted) return undefined;
      wait("The steps do not fit the data yet.");
      issues = error.issues ?? [{ loc: [], msg: error.message }];
    }
    element.removeAttribute("aria-busy");
    return issues;
  }

  return { element, show, wait, complain };
}

/** Runs the pipeline as a job, and shows how far it is. */
function runForm(pipeline, target, signal) {
  const asked = {};
  const field = { name: "target", title: "Name of the result", required: true, kind: "string", schema: target };
  const jobs = h("ul", { class: "jobs" });
  const faults = h("div");
  const submit = async (event) => {
    event.preventDefault();
    faults.replaceChildren();
    showFaults(element, []);
    try {
      const job = await post("/transforms", { ...pipeline, target: asked.target ?? "" }, signal);
      jobs.prepend(jobCard(job, signal));
    } catch (error) {
      if (signal.aborted) return;
      const rest = showFaults(
        element,
        (error.issues ?? []).map((issue) => ({ ...issue, loc: issue.loc.slice(1) })),
      );
      if (rest.length || !error.issues) faults.replaceChildren(problem(error.issues ? { issues: rest } : error));
    }
  };
  const element = h(
    "form",
    { class: "panel run", onsubmit: submit },
    h(
      "div",
      { class: "line end" },
      form([field], asked, { at: [], lists: {}, onChange: () => {} }),
      h("button", { class: "primary" }, "Run as a job"),
    ),
    faults,
    jobs,
  );
  return element;
}
