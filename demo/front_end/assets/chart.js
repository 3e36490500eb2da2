// The profile of a column as a picture.

import { h, svg } from "./dom.js";
import { brief, count } from "./format.js";

const WIDTH = 400;
const HEIGHT = 96;

/** How the values of a column spread: bars of equal width, and below them where most values are. */
export function histogram(column) {
  const { histogram: buckets, quantiles } = column;
  const most = Math.max(...buckets.map((bucket) => bucket.count));
  const width = WIDTH / buckets.length;
  const bars = buckets.map((bucket, place) => {
    const height = bucket.count ? Math.max((bucket.count / most) * HEIGHT, 1.5) : 0;
    const words = `${interval(column, bucket)}: ${count(bucket.count)}`;
    return svg(
      "g",
      { class: "bucket" },
      svg("title", {}, words),
      svg("rect", { class: "room", x: place * width, y: 0, width, height: HEIGHT }),
      svg("rect", { x: place * width + 0.75, y: HEIGHT - height, width: Math.max(width - 1.5, 1), height, rx: 1.5 }),
    );
  });
  const low = buckets[0].low;
  const high = buckets.at(-1).high;
  const words = `Histogram of ${column.name}, from ${brief(column.min)} to ${brief(column.max)}; the highest of ${buckets.length} bars is ${count(most)}.`;
  return h(
    "figure",
    { class: "chart" },
    svg(
      "svg",
      {
        viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
        preserveAspectRatio: "none",
        role: "img",
        "aria-label": words,
        class: "histogram",
      },
      bars,
    ),
    typeof low === "number" && low < high && box(quantiles, low, high),
    h("figcaption", { class: "ends" }, h("span", {}, brief(column.min)), h("span", {}, brief(column.max))),
  );
}

/** The values that a bar stands for. */
function interval({ type }, { low, high }) {
  if (type !== "integer") return `${brief(low)} to ${brief(high)}`;
  return low === high - 1 ? brief(low) : `${brief(low)} to ${brief(high - 1)}`;
}

/** A line for nine values of ten, a box for half of them, a mark for the one in the middle. */
function box(quantiles, low, high) {
  const at = (part) => ((quantiles.find((quantile) => quantile.part === part).value - low) / (high - low)) * WIDTH;
  const line = (from, to, name) =>
    svg("rect", {
      class: name,
      x: from,
      y: name === "half" ? 2 : 5,
      width: Math.max(to - from, 1),
      height: name === "half" ? 8 : 2,
      rx: 1,
    });
  const middle = at(0.5);
  return svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} 12`, preserveAspectRatio: "none", class: "spread", "aria-hidden": "true" },
    line(at(0.05), at(0.95), "most"),
    line(at(0.25), at(0.75), "half"),
    svg("rect", { class: "middle", x: middle - 1.5, y: 0, width: 3, height: 12 }),
  );
}

/** The most frequent values, as bars. */
export function frequencies(column) {
  const most = column.top[0]?.count ?? 1;
  const rows = column.top.map(({ value, count: number }) => {
    const bar = svg(
      "svg",
      { class: "bar", "aria-hidden": "true" },
      svg("rect", { width: `${(number / most) * 100}%`, height: "100%", rx: 3 }),
    );
    return h(
      "li",
      {},
      h("span", { class: "what", title: value }, value === "" ? "(empty)" : String(value)),
      bar,
      h("span", { class: "many" }, count(number)),
    );
  });
  return h("ol", { class: "frequencies", "aria-label": `The most frequent values of ${column.name}` }, rows);
}
