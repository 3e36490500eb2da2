// Transforms that run in the background.

import { at, follow, get, isFinal, post } from "./api.js";
import { h } from "./dom.js";
import { moment, plural, seconds, since } from "./format.js";
import { problem, progress, tag } from "./parts.js";

export async function showJobs({ names: [only], signal }) {
  const jobs = only ? [await get(at`/jobs/${only}`, signal)] : await get("/jobs", signal);
  const list = h(
    "ul",
    { class: "jobs" },
    jobs.map((job) => jobCard(job, signal)),
  );
  return [
    h(
      "div",
      { class: "head" },
      h(
        "div",
        {},
        h("h1", {}, only ? "Job" : "Jobs"),
        h("p", { class: "lead" }, "Pipelines that run in the background. They outlast a restart."),
      ),
    ),
    jobs.length
      ? list
      : h("p", { class: "empty" }, "No job yet. ", h("a", { href: "#/pipeline" }, "Build a pipeline"), " and run it."),
    only && h("p", {}, h("a", { href: "#/jobs" }, "All jobs")),
  ];
}

/** How far a job is, kept up to date until it has come to its end. `onEnd` is told of that. */
export function jobCard(job, signal, onEnd = () => {}) {
  const state = h("span");
  const bar = progress(`Progress of ${job.target}`);
  const words = h("p", { class: "facts", role: "status" });
  const faults = h("div");
  const stop = h("button", { type: "button", "aria-label": `Cancel ${job.target}` }, "Cancel");
  const title = h("h2", {});
  const element = h("li", { class: "panel job" }, h("header", {}, title, state, stop), bar, words, faults);

  const draw = (news) => {
    title.replaceChildren(
      news.state === "succeeded" ? h("a", { href: at`#/datasets/${news.target}/rows` }, news.target) : news.target,
    );
    state.replaceChildren(tag(news.state, news.state));
    bar.value = news.state === "succeeded" ? 1 : news.progress;
    element.dataset.state = news.state;
    stop.hidden = isFinal(news);
    words.replaceChildren(...facts(news));
    if (news.error) faults.replaceChildren(problem(new Error(news.error)));
  };
  stop.onclick = async () => {
    stop.disabled = true;
    try {
      draw(await post(at`/jobs/${job.id}/cancel`));
    } catch (error) {
      faults.replaceChildren(problem(error));
      stop.disabled = false;
    }
  };
  draw(job);
  if (!isFinal(job)) {
    follow(
      job.id,
      (news) => {
        draw(news);
        if (isFinal(news)) onEnd(news);
      },
      signal,
    );
  }
  return element;
}

function facts({ task, rows, started_at: started, finished_at: finished, created_at: created }) {
  const { dataset, steps } = task.transform;
  const time = started ? `, ${seconds(started, finished)}` : "";
  return [
    h(
      "span",
      {},
      "from ",
      h("a", { href: at`#/datasets/${dataset}/rows` }, dataset),
      ` by ${plural(steps.length, "step")}`,
    ),
    h("span", {}, `${plural(rows, "row")} written${time}`),
    h("span", { title: moment(created) }, since(created)),
  ];
}
