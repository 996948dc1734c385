/** An answer as it looks on the other platforms, or as data: drawn, and as the JSON to copy. */
import type { Answer } from "../../src/answer/answer.ts";
import { drawDiscord } from "./discord-preview.ts";
import type { Page } from "./layout.ts";
import { html, jsonText, line, type Markup, prose } from "./markup.ts";
import type { Payloads, Preview } from "./preview.ts";
import { drawSlack } from "./slack-preview.ts";

const platforms = {
  slack: { name: "Slack", draw: drawSlack },
  discord: { name: "Discord", draw: drawDiscord },
} as const;

/** An answer in another form than as a page. */
export type Form = Preview["platform"] | "data";

/** What a form is called in the words of a link. */
function formName(form: Form): string {
  return form === "data" ? "as data" : `in ${platforms[form].name}`;
}

/** Links to the same answer in other forms; `path` is the answer’s own page. */
export function formsMarkup(forms: readonly Form[], path: string): Markup {
  return html`<nav class="elsewhere" aria-labelledby="elsewhere"><h2 id="elsewhere">The same answer</h2>
<ul>${forms.map((form) => html`<li><a href="${path}&as=${form}">${form === "data" ? "As data" : `How this looks ${formName(form)}`}</a></li>`)}</ul></nav>`;
}

function jsonMarkup(label: string, value: unknown): Markup {
  return html`<div class="json"><h2 class="bar"><span id="json-label">${label}</span> <button type="button" data-copies="json" hidden>Copy</button></h2>
<pre id="json" tabindex="0" role="region" aria-labelledby="json-label">${jsonText(value)}</pre></div>`;
}

function formPage(question: string, form: Form, path: string, content: Markup): Page {
  return {
    title: `${question} – ${formName(form)}`,
    section: "ask",
    main: html`<p class="kicker">${form === "data" ? "The answer as data" : `How this looks ${formName(form)}`}</p>
<h1 dir="auto">${prose(question)}</h1>
<p class="trail"><a href="${path}">Back to the answer</a></p>
${content}`,
  };
}

/** How an answer looks on a platform: its payloads drawn, and as they are sent. */
export function platformPage(answer: Answer, form: Preview["platform"], payloads: Payloads, path: string): Page {
  const { name, draw } = platforms[form];
  const sent = [...payloads.main, ...payloads.thread];
  return formPage(
    answer.question,
    form,
    path,
    html`${draw(payloads)}
${jsonMarkup(`What ${line(name)} is sent`, sent)}`,
  );
}

/** The answer as `ask --json` prints it. */
export function dataPage(answer: Answer, path: string): Page {
  return formPage(
    answer.question,
    "data",
    path,
    html`<p class="hint">The address of the answer gives this to programs that ask for <code>application/json</code>.</p>
${jsonMarkup("JSON", answer)}`,
  );
}
