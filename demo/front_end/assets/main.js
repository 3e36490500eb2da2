// Which page is shown, and in which theme.

import { ICONS, h, icon } from "./dom.js";
import { problem } from "./parts.js";
import { showDataset } from "./dataset.js";
import { showDatasets } from "./datasets.js";
import { showJobs } from "./jobs.js";
import { showPipeline } from "./pipeline.js";
import { showQuery } from "./query.js";

const PAGES = [
  [/^\/datasets\/([^/]+)(?:\/(rows|profile|lineage))?$/, showDataset],
  [/^\/datasets$/, showDatasets],
  [/^\/pipeline$/, showPipeline],
  [/^\/query$/, showQuery],
  [/^\/jobs(?:\/([^/]+))?$/, showJobs],
];

const main = document.getElementById("main");
let shown = new AbortController();

/** Shows what the part of the address after `#` names. What the page before it had under way is stopped. */
async function show() {
  const [path, search] = location.hash.slice(1).split("?");
  if (!path.startsWith("/")) return location.hash === "#main" || location.replace("#/datasets");
  shown.abort();
  const { signal } = (shown = new AbortController());
  for (const link of document.querySelectorAll(".places a")) {
    const isHere = path.startsWith(link.getAttribute("href").slice(1));
    if (isHere) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const [pattern, page] = PAGES.find(([pattern]) => pattern.test(path)) ?? [];
  const parts = pattern?.exec(path).slice(1) ?? [];
  const here = `${page?.name} ${parts[0]}`;
  const isNew = main.dataset.page !== undefined && main.dataset.page !== here;
  try {
    if (!page) throw new Error("There is no such page.");
    const names = parts.map((part) => part && decodeURIComponent(part));
    const content = await page({ names, search: new URLSearchParams(search), signal });
    if (signal.aborted) return;
    main.replaceChildren(...[content].flat().filter(Boolean));
  } catch (error) {
    if (signal.aborted) return;
    main.replaceChildren(h("h1", {}, "That did not work"), problem(error));
  }
  const heading = main.querySelector("h1");
  document.title = `${heading.textContent} · Dataset service`;
  // A new page: those who hear it begin at its head. Within one, they stay where they are.
  if (isNew) {
    heading.tabIndex = -1;
    heading.focus();
    scrollTo(0, 0);
  }
  main.dataset.page = here;
}

function startTheme() {
  const button = document.getElementById("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement.dataset;
  const isDark = () => (root.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const paint = () => {
    button.setAttribute("aria-pressed", isDark());
    button.replaceChildren(icon(isDark() ? ICONS.sun : ICONS.moon));
  };
  button.onclick = () => {
    root.theme = isDark() ? "light" : "dark";
    localStorage.setItem("theme", root.theme);
    paint();
  };
  system.addEventListener("change", paint);
  paint();
}

startTheme();
addEventListener("hashchange", show);
show();
