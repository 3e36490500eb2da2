// A list of words: each is a chip that its button takes away.

import { ICONS, h, icon } from "./dom.js";

/** `parse` makes a value of what was typed; what it makes `undefined` of stays in the input. */
export function tokens({ values, label, list, parse = (text) => text, onChange, attributes }) {
  const input = h("input", { list, autocomplete: "off", spellcheck: "false", ...attributes });
  const chips = h("ul", { class: "chips" });
  const box = h("div", { class: "tokens", onclick: (event) => event.target === box && input.focus() }, chips, input);

  const draw = () =>
    chips.replaceChildren(
      ...values.map((value, place) => {
        const take = () => {
          values.splice(place, 1);
          draw();
          onChange();
          input.focus();
        };
        return h(
          "li",
          { class: "chip" },
          String(value),
          h(
            "button",
            { type: "button", "aria-label": `Remove ${value} from ${label}`, onclick: take },
            icon(ICONS.close),
          ),
        );
      }),
    );

  const add = () => {
    const text = input.value.trim();
    const value = text === "" ? undefined : parse(text);
    if (value === undefined) return;
    input.value = "";
    if (values.includes(value)) return;
    values.push(value);
    draw();
    onChange();
  };

  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === ",") {
      event.preventDefault();
      add();
    } else if (event.key === "Backspace" && input.value === "" && values.length) {
      values.pop();
      draw();
      onChange();
    }
  });
  // One was chosen from the list.
  input.addEventListener("input", (event) => event.inputType === "insertReplacementText" && add());
  input.addEventListener("change", add);
  draw();
  return box;
}
