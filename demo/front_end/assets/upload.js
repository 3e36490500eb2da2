// Loading a file: as a new dataset, or as more rows of one.

import { at, parameters, upload } from "./api.js";
import { ICONS, h, icon, id, tell } from "./dom.js";
import { form, showFaults } from "./form.js";
import { bytes, datasetName, plural } from "./format.js";
import { problem, progress } from "./parts.js";
import { parametersOf } from "./schema.js";

/** The form of an upload. `dataset` is the one that gets more rows; else there is a new one. */
export async function uploadForm({ dataset, onLoaded, signal }) {
  const path = dataset ? "/datasets/{name}/rows" : "/datasets";
  const fields = await parametersOf(path, "post", "query");
  const options = fields.filter((field) => field.name !== "name");
  const asked = {};
  const name = fields.find((field) => field.name === "name");
  let file;

  const picker = h("input", { type: "file", id: id("file"), class: "unseen", onchange: () => pick(picker.files[0]) });
  const label = h("span", {}, "Choose a file, or drop one here");
  const drop = h(
    "label",
    { class: "drop", for: picker.id },
    icon(ICONS.upload),
    label,
    h("span", { class: "hint" }, "CSV, JSON Lines, JSON or Parquet, also packed with gzip or Zstandard"),
  );
  const bar = progress("Upload");
  const state = h("p", { class: "hint", role: "status" });
  const stop = h("button", { type: "button", hidden: true }, "Stop");
  const start = h("button", { class: "primary", disabled: true }, dataset ? "Add the rows" : "Load");
  const faults = h("div");
  const context = { at: ["query"], lists: {}, onChange: () => {} };
  const named =
    name &&
    h("div", { class: "named" }, form([{ ...name, words: null, title: "Name of the dataset" }], asked, context));
  const element = h(
    "form",
    { class: "loader", novalidate: true },
    drop,
    picker,
    named,
    h(
      "details",
      { class: "more" },
      h("summary", {}, "How to read it"),
      h("div", { class: "fields" }, form(options, asked, context)),
    ),
    faults,
    h("div", { class: "sending" }, bar, state),
    h("p", { class: "actions" }, stop, start),
  );

  function pick(chosen) {
    if (!chosen) return;
    file = chosen;
    label.textContent = `${file.name} · ${bytes(file.size)}`;
    start.disabled = false;
    const input = named?.querySelector("input");
    if (input && !asked.name) {
      input.value = datasetName(file.name);
      input.dispatchEvent(new Event("input"));
    }
  }

  for (const event of ["dragenter", "dragover", "dragleave", "drop"]) {
    drop.addEventListener(event, (dragged) => {
      dragged.preventDefault();
      drop.classList.toggle("over", event === "dragenter" || event === "dragover");
      if (event === "drop") pick(dragged.dataTransfer.files[0]);
    });
  }

  async function send(event) {
    event.preventDefault();
    if (!file) return;
    const stopping = new AbortController();
    signal?.addEventListener("abort", () => stopping.abort());
    stop.onclick = () => stopping.abort();
    start.disabled = true;
    stop.hidden = false;
    element.setAttribute("aria-busy", "true");
    faults.replaceChildren();
    showFaults(element, []);
    const onProgress = (part) => {
      bar.value = part;
      state.textContent =
        part < 1 ? `${Math.floor(part * 100)} % of ${bytes(file.size)} sent` : "The service reads it …";
      if (part === 1) bar.removeAttribute("value");
    };
    try {
      const target = dataset ? at`/datasets/${dataset}/rows` : "/datasets";
      const loaded = await upload(target + parameters(asked), file, { onProgress, signal: stopping.signal });
      bar.value = 1;
      state.textContent = "";
      tell(`${loaded.name}: ${plural(loaded.rows, "row")} in version ${loaded.version}`);
      onLoaded(loaded);
    } catch (error) {
      bar.value = 0;
      state.textContent = error.name === "AbortError" ? "Stopped: nothing was loaded." : "";
      if (error.name !== "AbortError") {
        const rest = error.issues ? showFaults(element, error.issues) : [error];
        if (rest.length) faults.replaceChildren(problem(error.issues ? { issues: rest } : error));
      }
    }
    start.disabled = false;
    stop.hidden = true;
    element.removeAttribute("aria-busy");
  }

  element.addEventListener("submit", send);
  return element;
}
