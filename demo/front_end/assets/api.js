// The service's public API, and nothing else.

import { ask, h, id } from "./dom.js";

/** An answer that is no success: its status, and what is wrong and where. */
export class Fault extends Error {
  constructor(status, detail) {
    super(typeof detail === "string" ? detail : detail.map((issue) => issue.msg).join("; "));
    this.status = status;
    this.issues = typeof detail === "string" ? [{ loc: [], msg: detail }] : detail;
  }
}

function fault(status, text) {
  try {
    return new Fault(status, JSON.parse(text).detail);
  } catch {
    return new Fault(status, text || "the service cannot be reached");
  }
}

/** A path, its values encoded: at`/datasets/${name}`. */
export const at = (texts, ...values) => String.raw({ raw: texts }, ...values.map(encodeURIComponent));

/** Parameters, without those that say nothing. */
export function parameters(values) {
  const pairs = Object.entries(values).flatMap(([name, value]) => [value].flat().map((item) => [name, item]));
  const text = new URLSearchParams(pairs.filter(([, value]) => value != null && value !== "")).toString();
  return text && `?${text}`;
}

export const get = (path, signal) => request("GET", path, { signal });
export const post = (path, body, signal) => request("POST", path, { body, signal });
export const remove = (path) => request("DELETE", path);

async function request(method, path, { body, signal } = {}) {
  return withKey(async (headers) => {
    if (body !== undefined) headers["content-type"] = "application/json";
    const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body), signal });
    const text = await answer.text();
    if (!answer.ok) throw fault(answer.status, text);
    return text && JSON.parse(text);
  });
}

/** Sends a file; `onProgress` is told the part that has gone out. */
export function upload(path, file, { onProgress, signal }) {
  // Sent again under the same key, a file is not loaded twice.
  const key = globalThis.crypto.randomUUID?.();
  return withKey(
    (headers) =>
      new Promise((resolve, reject) => {
        const call = new XMLHttpRequest();
        call.open("POST", path);
        if (key) headers["idempotency-key"] = key;
        headers["content-type"] = "application/octet-stream";
        for (const [name, value] of Object.entries(headers)) call.setRequestHeader(name, value);
        call.upload.onprogress = (event) => onProgress(event.loaded / event.total);
        call.onload = () =>
          call.status < 300 ? resolve(JSON.parse(call.responseText)) : reject(fault(call.status, call.responseText));
        call.onerror = () => reject(fault(0, ""));
        call.onabort = () => reject(new DOMException("stopped", "AbortError"));
        signal?.addEventListener("abort", () => call.abort());
        call.send(file);
      }),
  );
}

/** Calls `onJob` each time that a job gets further, until it has come to its end. */
export function follow(job, onJob, signal) {
  const events = new EventSource(at`/jobs/${job}/events`);
  events.onmessage = (event) => {
    const news = JSON.parse(event.data);
    if (isFinal(news)) events.close();
    onJob(news);
  };
  signal?.addEventListener("abort", () => events.close());
}

export const isFinal = (job) => job.state !== "queued" && job.state !== "running";

let described;

/** The service's OpenAPI document. */
export const description = () => (described ??= get("/openapi.json"));

/** Calls the service with the API key that there is; asks for one if it wants one. */
async function withKey(call) {
  const key = sessionStorage.getItem("key");
  try {
    return await call(key ? { authorization: `Bearer ${key}` } : {});
  } catch (error) {
    if (error.status !== 401) throw error;
    const given = await askForKey();
    if (!given) throw error;
    sessionStorage.setItem("key", given);
    return call({ authorization: `Bearer ${given}` });
  }
}

function askForKey() {
  return ask("An API key is needed to write", (close) => {
    const name = id("key");
    const input = h("input", { id: name, type: "password", autocomplete: "off", required: true });
    const submit = (event) => {
      event.preventDefault();
      close(input.value.trim());
    };
    return h(
      "form",
      { onsubmit: submit },
      h("label", { for: name }, "API key"),
      input,
      h("p", { class: "hint" }, "It is kept until this tab is closed."),
      h(
        "p",
        { class: "actions" },
        h("button", { type: "button", onclick: () => close() }, "Cancel"),
        h("button", { class: "primary" }, "Use it"),
      ),
    );
  });
}
