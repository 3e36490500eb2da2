// A form for what a schema describes. It writes into a value as one types; what is empty is left out.

import { ICONS, h, icon, id } from "./dom.js";
import { choice } from "./parts.js";
import { tokens } from "./tokens.js";

// Texts that name a column or a dataset: by the names of their fields, as all steps use them.
const COLUMNS = new Set(["column", "columns", "group_by", "partition_by", "key", "of", "left"]);
const DATASETS = new Set(["dataset"]);
const LONG = 1000;

/** One input for each field. `lists` are the ids of the lists of columns and datasets; `at` is where `value` is. */
export function form(fields, value, context) {
  return fields.map((field) => input(field, value, context));
}

function input(field, value, context) {
  const at = [...context.at, field.name];
  const set = (own) => {
    if (own === undefined || own === "") delete value[field.name];
    else value[field.name] = own;
    context.onChange();
  };
  const name = id(field.name);
  const hint = `${name}-hint`;
  const attributes = {
    id: name,
    "aria-describedby": field.words ? hint : null,
    "aria-required": field.required || null,
  };
  const make = { choice: one, boolean: check, integer: number, number, array: several, map: pairs }[field.kind] ?? text;
  const control = make({ field, own: value[field.name], set, attributes, context: { ...context, at } });
  const label = h(
    field.items?.fields || field.kind === "map" ? "span" : "label",
    { for: name, class: "title" },
    field.title,
    field.required && h("abbr", { title: "needed" }, "*"),
  );
  const words = field.words && h("p", { class: "hint", id: hint }, field.words.split("\n")[0].replaceAll("`", ""));
  const fault = h("p", { class: "fault", hidden: true });
  const isGroup = label.localName === "span";
  return h(
    "div",
    {
      class: `field ${field.kind}`,
      "data-at": at.join("."),
      role: isGroup ? "group" : null,
      "aria-label": isGroup ? field.title : null,
    },
    field.kind === "boolean" ? [h("div", { class: "line" }, control, label)] : [label, control],
    words,
    fault,
  );
}

function text({ field, own, set, attributes, context }) {
  const { schema } = field;
  const shared = {
    ...attributes,
    value: own ?? field.standard ?? "",
    spellcheck: "false",
    autocomplete: "off",
    placeholder: schema.examples?.flat()[0],
  };
  if (schema.maxLength >= LONG) {
    return h("textarea", { ...shared, rows: 2, class: "code", oninput: (event) => set(event.target.value) });
  }
  const list = COLUMNS.has(field.name)
    ? context.lists.columns
    : DATASETS.has(field.name)
      ? context.lists.datasets
      : null;
  const read = field.kind === "any" ? scalar : (typed) => typed;
  return h("input", {
    ...shared,
    list,
    maxlength: schema.maxLength,
    oninput: (event) => set(read(event.target.value)),
  });
}

/** `2` is a number, `true` is true, all else is text. */
function scalar(typed) {
  return /^(-?\d+(\.\d+)?([eE][+-]?\d+)?|true|false)$/.test(typed) ? JSON.parse(typed) : typed;
}

function number({ field, own, set, attributes }) {
  const { schema, kind, standard } = field;
  const read = (event) => set(event.target.value === "" ? undefined : Number(event.target.value));
  const bounds = { min: schema.minimum ?? schema.exclusiveMinimum, max: schema.maximum ?? schema.exclusiveMaximum };
  return h("input", {
    ...attributes,
    ...bounds,
    type: "number",
    step: kind === "integer" ? 1 : "any",
    value: own ?? standard ?? "",
    oninput: read,
  });
}

function check({ field, own, set, attributes }) {
  return h("input", {
    ...attributes,
    type: "checkbox",
    checked: own ?? field.standard ?? false,
    onchange: (event) => set(event.target.checked),
  });
}

function one({ field, own, set, attributes }) {
  const free = field.required || field.standard !== undefined ? [] : [["", "–"]];
  if (own === undefined && field.required) set((own = field.schema.enum[0]));
  return choice(
    [...free, ...field.schema.enum.map((value) => [value, value.replaceAll("_", " ")])],
    own ?? field.standard ?? "",
    set,
    attributes,
  );
}

function several({ field, own = [], set, attributes, context }) {
  if (field.items.fields) return forms({ field, own, set, context });
  const isNumber = field.items.kind === "number" || field.items.kind === "integer";
  const parse = isNumber ? (typed) => (Number.isNaN(Number(typed)) ? undefined : Number(typed)) : undefined;
  const list = COLUMNS.has(field.name) ? context.lists.columns : null;
  const values = [...own];
  return tokens({
    values,
    label: field.title,
    list,
    parse,
    attributes,
    onChange: () => set(values.length || field.required ? [...values] : undefined),
  });
}

/** A form for each item of a list. */
function forms({ field, own, set, context }) {
  const box = h("div", { class: "items" });
  const items = own.length || !field.required ? own : [{}];
  const draw = () =>
    box.replaceChildren(
      ...items.map((item, place) =>
        h(
          "div",
          { class: "item" },
          form(field.items.fields, item, { ...context, at: [...context.at, place], onChange: () => set(items) }),
          takeAway(`Remove ${field.title} ${place + 1}`, () => {
            items.splice(place, 1);
            draw();
            set(items);
          }),
        ),
      ),
      addOne(field, () => {
        items.push({});
        draw();
        set(items);
        box.querySelector(":scope > .item:last-of-type :is(input, select)")?.focus();
      }),
    );
  draw();
  return box;
}

/** Keys with a value each. */
function pairs({ field, own = {}, set, context }) {
  const entries = Object.entries(own).map(([key, value]) => ({ key, value }));
  if (!entries.length && field.required) entries.push({ key: "" });
  const box = h("div", { class: "items" });
  const change = () =>
    set(Object.fromEntries(entries.filter((entry) => entry.key).map((entry) => [entry.key, entry.value ?? ""])));
  const draw = () =>
    box.replaceChildren(
      ...entries.map((entry, place) => {
        const value = { ...field.items, name: "value", title: "becomes", words: null };
        return h(
          "div",
          { class: "item" },
          h(
            "div",
            { class: "field" },
            h("label", { class: "title", for: `${box.id}-${place}` }, "Column"),
            h("input", {
              id: `${box.id}-${place}`,
              value: entry.key,
              list: context.lists.columns,
              autocomplete: "off",
              oninput: (event) => {
                entry.key = event.target.value;
                change();
              },
            }),
          ),
          form([value], entry, { ...context, at: [...context.at, place], onChange: change }),
          takeAway(`Remove ${field.title} ${place + 1}`, () => {
            entries.splice(place, 1);
            draw();
            change();
          }),
        );
      }),
      addOne(field, () => {
        entries.push({ key: "" });
        draw();
        box.querySelector(":scope > .item:last-of-type input")?.focus();
      }),
    );
  box.id = id(field.name);
  draw();
  return box;
}

const takeAway = (name, onclick) =>
  h("button", { type: "button", class: "quiet icon", "aria-label": name, onclick }, icon(ICONS.close));

const addOne = (field, onclick) =>
  h(
    "button",
    { type: "button", class: "quiet add", "aria-label": `Add to ${field.title}`, onclick },
    icon(ICONS.plus),
    "Add",
  );

/** Shows faults at the fields that they name, and gives those that no field has. */
export function showFaults(root, issues) {
  for (const place of root.querySelectorAll(".field > .fault")) {
    place.hidden = true;
    place.parentElement.classList.remove("wrong");
  }
  return issues.filter((issue) => {
    for (let length = issue.loc.length; length > 0; length -= 1) {
      const at = CSS.escape(issue.loc.slice(0, length).join("."));
      const place = root.querySelector(`[data-at="${at}"] > .fault`);
      if (!place) continue;
      place.textContent = issue.msg;
      place.hidden = false;
      place.parentElement.classList.add("wrong");
      return false;
    }
    return true;
  });
}
