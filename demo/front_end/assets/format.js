// Values, as people read them.

const numbers = new Intl.NumberFormat("en");
const short = new Intl.NumberFormat("en", { maximumSignificantDigits: 4, notation: "compact" });
const ago = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const moments = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

export const count = (value) => numbers.format(value);

export const plural = (value, word) => `${count(value)} ${word}${value === 1 ? "" : "s"}`;

/** A value of a profile, where there is little room. */
export const brief = (value) =>
  typeof value === "number"
    ? Math.abs(value) < 1e5
      ? numbers.format(+value.toPrecision(5))
      : short.format(value)
    : value == null
      ? "–"
      : String(value);

export function bytes(value) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value >= 100 || unit === 0 ? Math.round(value) : value.toFixed(1)}\u00a0${units[unit]}`;
}

const STEPS = [
  ["second", 60],
  ["minute", 60],
  ["hour", 24],
  ["day", 30],
  ["month", 12],
  ["year", Infinity],
];

export function since(moment) {
  let passed = (new Date(moment) - Date.now()) / 1000;
  for (const [unit, size] of STEPS) {
    if (Math.abs(passed) < size) return ago.format(Math.round(passed), unit);
    passed /= size;
  }
}

export const moment = (value) => moments.format(new Date(value));

export function seconds(from, to) {
  const passed = ((to ? new Date(to) : new Date()) - new Date(from)) / 1000;
  return passed < 1
    ? `${Math.round(passed * 1000)} ms`
    : passed < 10
      ? `${passed.toFixed(1)} s`
      : passed < 120
        ? `${Math.round(passed)} s`
        : `${Math.round(passed / 60)} min`;
}

/** The name that a file suggests for its dataset. */
export function datasetName(file) {
  const stem = file.toLowerCase().replace(/(\.(csv|tsv|txt|json|jsonl|ndjson|parquet|gz|zst))+$/, "");
  return stem
    .replace(/[^a-z0-9_-]+/g, "-")
    .replace(/^[^a-z0-9]+/, "")
    .slice(0, 64);
}
