// Small parts that several pages have.

import { h } from "./dom.js";

/** What is wrong, and where: one line for each fault. */
export function problem(error) {
  const issues = error.issues ?? [{ loc: [], msg: error.message }];
  return h(
    "div",
    { class: "problem", role: "alert" },
    h(
      "ul",
      {},
      issues.map((issue) => {
        // What is wrong with a file says itself where.
        const place = issue.type === "file" ? "" : issue.loc.slice(1).join(" › ");
        const input = issue.input === undefined || issue.input === null ? null : h("code", {}, short(issue.input));
        return h("li", {}, place && h("b", {}, `${place}: `), issue.msg, input && [" ", input]);
      }),
    ),
  );
}

const short = (value) => {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
};

export function progress(label) {
  const bar = h("progress", { max: 1, "aria-label": label });
  bar.value = 0;
  return bar;
}

/** A label above its input. */
export function labelled(text, input, hint) {
  return h("label", { class: "labelled" }, h("span", {}, text), input, hint && h("span", { class: "hint" }, hint));
}

export function choice(values, chosen, onchange, attributes = {}) {
  const options = values.map((value) => {
    const [key, text] = Array.isArray(value) ? value : [value, String(value)];
    return h("option", { value: key, selected: String(key) === String(chosen) }, text);
  });
  return h("select", { onchange: (event) => onchange(event.target.value), ...attributes }, options);
}

/** A menu that opens below its button, and closes when one goes elsewhere. */
export function menu(text, items) {
  const close = () => (details.open = false);
  const details = h(
    "details",
    { class: "menu" },
    h("summary", { class: "button" }, text),
    h(
      "ul",
      { onclick: close },
      items.map((item) => h("li", {}, item)),
    ),
  );
  details.addEventListener("focusout", (event) => details.contains(event.relatedTarget) || close());
  details.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      close();
      details.querySelector("summary").focus();
    }
  });
  return details;
}

export const tag = (text, kind = "") => h("span", { class: `tag ${kind}` }, text);
