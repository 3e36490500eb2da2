// Elements, written as calls: h("button", { class: "primary", onclick: run }, "Run").

const SVG = "http://www.w3.org/2000/svg";
const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "open", "selected"]);

export function h(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value == null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

/** An icon of one path, for a button that has a name of its own. */
export function icon(path) {
  return svg("svg", { viewBox: "0 0 24 24", class: "glyph", "aria-hidden": "true" }, svg("path", { d: path }));
}

export const ICONS = {
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  close: "M6 6l12 12M18 6L6 18",
  plus: "M12 5v14M5 12h14",
  moon: "M20 14.5A8 8 0 1 1 9.5 4a6.5 6.5 0 0 0 10.5 10.5z",
  sun: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5",
  upload: "M12 16V4M7 9l5-5 5 5M4 20h16",
};

let last = 0;

/** A new id, for labels and what they name. */
export const id = (stem) => `${stem}-${++last}`;

/** Calls `work` once it has not been asked for a while. */
export function settled(work, wait = 300) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, wait);
  };
}

/** Says something to those who see the page and those who hear it. */
export function tell(text, kind = "good") {
  const news = h("p", { class: `toast ${kind}` }, text);
  document.getElementById("news").append(news);
  setTimeout(() => news.remove(), 6000);
}

/** Opens the page's dialog. `build(close)` gives what is in it; the promise, what it was closed with. */
export function ask(title, build) {
  const dialog = document.getElementById("dialog");
  return new Promise((resolve) => {
    const close = (value) => {
      dialog.close();
      resolve(value);
    };
    dialog.oncancel = () => resolve(undefined);
    dialog.replaceChildren(h("h2", { id: "dialog-title" }, title), ...[build(close)].flat());
    dialog.showModal();
  });
}
